namespace Orchestrator.Experiments.Plan

open System
open System.Collections.Generic
open System.Globalization
open System.Security.Cryptography
open System.Text
open Orchestrator.Core.Contracts

/// Names trials and configurations by what their results depend on.
[<RequireQualifiedAccess>]
module Identity =

    /// The version of what goes into an id. Under one version no default ever changes, so a parameter that is added
    /// later changes no id.
    let schema = 1

    let private digest (json: string) =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes json))

    /// The parameters that differ from their default or are always named, and the total of epochs where results depend on it. Where data
    /// lie is left out: their fingerprint says what they hold.
    let essential (active: ParameterDefinition list) (parameters: ParameterSet) (budget: int option) =
        let isLeftOut (definition: ParameterDefinition) =
            let isDefault =
                parameters.Find definition.Name = definition.DefaultValue
                && not definition.IsAlwaysNamed

            definition.IsLocation || isDefault

        let leftOut = active |> Seq.filter isLeftOut |> Seq.map _.Name |> HashSet

        let set =
            parameters
            |> Seq.filter (fun pair -> not (leftOut.Contains pair.Key))
            |> ParameterSet.Of

        match budget with
        | Some epochs -> set.With("epochs", ParameterValue.Integer(int64 epochs))
        | None -> set

    let private quoted (text: string) = ParameterValue.Text(text).ToJson()

    /// The id of a configuration, and that of its trial for each seed.
    let name fingerprint (essential: ParameterSet) : string * (uint64 -> string) =
        let shared =
            $"{{\"data\":{quoted fingerprint},\"parameters\":{essential.ToJson()},\"schema\":{schema}"

        let trial (seed: uint64) =
            digest $"{shared},\"seed\":{seed.ToString CultureInfo.InvariantCulture}}}"

        digest (shared + "}"), trial

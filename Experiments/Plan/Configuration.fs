namespace Orchestrator.Experiments.Plan

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// A configuration as declared, and what is left of it once inactive parameters have vanished.
type Configuration = {
    /// What the sweep assigned, inactive parameters included.
    Declared: ParameterSet
    Active: ParameterDefinition list
    /// Every active parameter with its value, defaults written out.
    Resolved: ParameterSet
}

[<RequireQualifiedAccess>]
module Configuration =

    /// Completes a declared assignment; the names of parameters that must be given and are not.
    let resolve (rules: Rules) (declared: ParameterSet) : Result<Configuration, string list> =
        let active = rules.Active declared

        let valued =
            active
            |> List.map (fun definition ->
                definition.Name,
                Option.ofObj (declared.Find definition.Name)
                |> Option.orElse (Option.ofObj definition.DefaultValue))

        match valued |> List.filter (fun (_, value) -> value.IsNone) with
        | [] ->
            let resolved =
                valued
                |> Seq.choose (fun (name, value) ->
                    value
                    |> Option.map (fun value -> System.Collections.Generic.KeyValuePair(name, value)))
                |> ParameterSet.Of

            Ok {
                Declared = declared
                Active = active
                Resolved = resolved
            }
        | missing -> Error(missing |> List.map fst)

    /// True when the configuration reads all parameters of a set and holds its values.
    let matches (set: ParameterSet) configuration =
        set
        |> Seq.forall (fun pair -> configuration.Resolved.Find pair.Key = pair.Value)

namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// How heavy the training of a configuration is, known before anything is trained.
type Workload = {
    /// What costs the same: every parameter but rates and weights, which change results and not the work.
    Key: string
    /// Configurations of one kind differ only in the sizes of their model, so that one's cost tells of another's.
    Kind: string
    /// The kind without how it is trained, which readings and pictures do not depend on.
    Reading: string
    /// The data: what a worker makes of them once serves all trials of the same.
    Data: string
    /// Multiply-adds of one image's way through the model.
    Operations: float
    Parameters: int64
    /// Images of one epoch's training.
    Images: int
}

[<RequireQualifiedAccess>]
module Workload =

    let private json (parameters: ParameterSet) (left: HashSet<string>) =
        parameters
        |> Seq.filter (fun pair -> not (left.Contains pair.Key))
        |> ParameterSet.Of
        |> _.ToJson()

    // A real number is a rate, a weight or a probability; the work is the same whatever its value.
    let private isCostly (definition: ParameterDefinition) = definition.Kind <> ParameterKind.Real

    let private isOf (section: ParameterSection) (definition: ParameterDefinition) = definition.Section = section

    let private isModelSize (definition: ParameterDefinition) =
        definition.Section = ParameterSection.Model
        && (definition.Kind = ParameterKind.Integer
            || definition.Kind = ParameterKind.IntegerList)

    // A layer uses each of its parameters once at every place of its output.
    let private operations (model: ModelDescription) =
        model.Layers
        |> Seq.sumBy (fun layer ->
            let places =
                layer.OutputShape
                |> Seq.skip (min 1 layer.OutputShape.Length)
                |> Seq.fold (fun all side -> all * float side) 1.

            if layer.OutputShape.Length > 1 then
                float layer.Parameters * places
            else
                float layer.Parameters)

    let private without (rules: Rules) left =
        rules.Parameters |> Seq.filter left |> Seq.map _.Name |> HashSet

    /// What costs the same as a configuration has the same key.
    let key (rules: Rules) : ParameterSet -> string =
        let left = without rules (isCostly >> not)
        fun parameters -> json parameters left

    /// The workload of a configuration's parameters, with its model and its training images.
    let ofModel (rules: Rules) (parameters: ParameterSet) (model: ModelDescription) (images: int) : Workload = {
        Key = key rules parameters
        Kind = json parameters (without rules (fun found -> not (isCostly found) || isModelSize found))
        Reading =
            json
                parameters
                (without rules (fun found ->
                    not (isCostly found)
                    || isModelSize found
                    || isOf ParameterSection.Training found))
        Data = json parameters (without rules (isOf ParameterSection.Dataset >> not))
        Operations = operations model
        Parameters = model.Parameters
        Images = images
    }

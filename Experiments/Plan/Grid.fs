namespace Orchestrator.Experiments.Plan

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// The grid of a sweep: the product of its axes, where an axis exists only under its condition.
[<RequireQualifiedAccess>]
module Grid =

    let private dependsOn (other: Axis) (axis: Axis) =
        match axis.When with
        | None -> false
        | Some condition -> other.Parameters |> List.exists condition.Contains

    /// The axes with each after those that its condition is about, else as declared; or those whose conditions turn in a circle.
    let order (axes: Axis list) : Result<Axis list, Axis list> =
        let rec take ordered waiting =
            match
                waiting
                |> List.tryFindIndex (fun axis ->
                    waiting
                    |> List.forall (fun other -> obj.ReferenceEquals(other, axis) || not (dependsOn other axis)))
            with
            | Some index -> take (waiting[index] :: ordered) (List.removeAt index waiting)
            | None when waiting.IsEmpty -> Ok(List.rev ordered)
            | None -> Error waiting

        take [] axes

    /// How many configurations the axes could make if every condition held.
    let size (axes: Axis list) =
        axes |> List.fold (fun total axis -> total * bigint axis.Points.Length) 1I

    /// True when an axis varies something in a configuration.
    let applies rules (axis: Axis) (parameters: ParameterSet) =
        match axis.When with
        | None -> true
        | Some condition -> Rules.holds condition parameters rules

    /// A configuration with a point of an axis.
    let join (parameters: ParameterSet) (point: ParameterSet) =
        point
        |> Seq.fold (fun (set: ParameterSet) pair -> set.With(pair.Key, pair.Value)) parameters

    /// The configurations of ordered axes, one by one: the last axis varies fastest.
    let rec expand rules (axes: Axis list) (parameters: ParameterSet) : ParameterSet seq =
        match axes with
        | [] -> Seq.singleton parameters
        | axis :: rest when applies rules axis parameters ->
            axis.Points
            |> Seq.collect (fun point -> expand rules rest (join parameters point))
        | _ :: rest -> expand rules rest parameters

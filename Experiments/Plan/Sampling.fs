namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Draws configurations out of a grid that may be too large to expand.
[<RequireQualifiedAccess>]
module Sampling =

    // SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine and every version of .NET.
    let private splitMix (state: uint64) =
        let z = (state ^^^ (state >>> 30)) * 0xBF58476D1CE4E5B9UL
        let z = (z ^^^ (z >>> 27)) * 0x94D049BB133111EBUL
        z ^^^ (z >>> 31)

    /// A number in [0, 1) for each place of each of a seed's streams.
    let uniform (seed: uint64) (stream: uint64) (place: int) =
        let stream = splitMix (seed + 0x9E3779B97F4A7C15UL * (stream + 1UL))
        let bits = splitMix (stream + 0x9E3779B97F4A7C15UL * uint64 (place + 1))
        float (bits >>> 11) / 9007199254740992.0

    /// Endless points of independent numbers in [0, 1), one for each dimension asked for.
    let random (seed: uint64) : (int -> float) seq =
        Seq.initInfinite (fun index -> uniform seed (uint64 index))

    /// The configuration at a point; the dimension belongs to the axis, whether or not axes before it apply.
    let pick rules (sweep: Sweep) (axes: Axis list) (point: int -> float) =
        axes
        |> List.indexed
        |> List.fold
            (fun parameters (dimension, axis) ->
                if Grid.applies rules axis parameters then
                    let index = int (point dimension * float axis.Points.Length)
                    Grid.join parameters axis.Points[min index (axis.Points.Length - 1)]
                else
                    parameters)
            sweep.Fixed

    // Points that fall on a configuration drawn before, or on an excluded one, are drawn again, but not for ever.
    let private patience count = 1000 + 50 * count

    /// Distinct configurations, as many as asked for or as many as were found, and how many are missing.
    let draw rules (sweep: Sweep) axes (points: (int -> float) seq) count : ParameterSet list * int =
        let seen = HashSet<string>()

        let isNew (declared: ParameterSet) =
            match Configuration.resolve rules declared with
            | Error _ -> seen.Add(declared.ToJson())
            | Ok configuration ->
                let excluded =
                    sweep.Exclude
                    |> List.exists (fun exclusion -> Configuration.matches exclusion configuration)

                not excluded && seen.Add(configuration.Resolved.ToJson())

        let drawn =
            points
            |> Seq.truncate (patience count)
            |> Seq.map (pick rules sweep axes)
            |> Seq.filter isNew
            |> Seq.truncate count
            |> List.ofSeq

        drawn, count - drawn.Length

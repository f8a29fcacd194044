namespace Orchestrator.Experiments.Search

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan

/// The space that a sampler that learns proposes in.
type SearchSpace = {
    Rules: Rules
    Fixed: ParameterSet
    /// Each after those that its condition is about.
    Axes: Axis array
    Dimensions: Dimension array
}

/// A configuration that was drawn, with the index of its point on each axis, -1 where an axis does not apply.
type Candidate = {
    Declared: ParameterSet
    Indices: int array
}

[<RequireQualifiedAccess>]
module SearchSpace =

    /// The space of a sweep whose conditions are sound.
    let ofSweep rules (sweep: Sweep) : SearchSpace =
        let axes =
            match Grid.order sweep.Axes with
            | Ok axes -> Array.ofList axes
            | Error _ -> invalidArg (nameof sweep) "its conditions turn in a circle"

        {
            Rules = rules
            Fixed = sweep.Fixed
            Axes = axes
            Dimensions = axes |> Array.map Dimension.ofAxis
        }

    /// Walks the axes in order; `choose` names the point on each that applies, -1 for none.
    let walk (space: SearchSpace) (choose: ParameterSet -> int -> Axis -> int) : Candidate =
        let indices = Array.create space.Axes.Length -1

        let declared =
            space.Axes
            |> Array.indexed
            |> Array.fold
                (fun declared (dimension, axis) ->
                    if Grid.applies space.Rules axis declared then
                        let point = choose declared dimension axis
                        indices[dimension] <- point

                        if point < 0 then
                            declared
                        else
                            Grid.join declared axis.Points[point]
                    else
                        declared)
                space.Fixed

        {
            Declared = declared
            Indices = indices
        }

    /// A configuration's own place in the space: -1 on axes that it does not read.
    let locate (space: SearchSpace) (resolved: ParameterSet) : Candidate =
        walk space (fun _ _ axis ->
            axis.Points
            |> List.tryFindIndex (fun point -> point |> Seq.forall (fun pair -> resolved.Find pair.Key = pair.Value))
            |> Option.defaultValue -1)

/// The tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for hyper-parameter optimization"): two densities,
/// one of the good configurations and one of the others; the candidate is proposed that is likeliest under the first
/// and unlikeliest under the second, which is the one of the greatest expected improvement.
[<RequireQualifiedAccess>]
module TreeParzen =

    /// Candidates of which the best is proposed.
    let candidates = 24

    /// How many of so many observations count as good: a sixth, at most 25.
    let good (observations: int) =
        min 25 (max 1 (int (ceil (float observations / 6.0))))

    // A number in [0, 1) to an index, by mass.
    let private pick (masses: float array) (number: float) =
        let mutable index = 0
        let mutable passed = masses[0]

        while index < masses.Length - 1 && passed <= number do
            index <- index + 1
            passed <- passed + masses[index]

        index

    let private evenly points (number: float) =
        min (points - 1) (int (number * float points))

    // One kernel is taken, the uniform one among them, and a point on each axis is drawn from it.
    let private draw (space: SearchSpace) (estimator: ParzenEstimator) (next: unit -> float) =
        let kernel = evenly (estimator.Kernels.Length + 1) (next ())

        SearchSpace.walk space (fun _ dimension axis ->
            let number = next ()

            match ParzenEstimator.masses estimator kernel dimension with
            | Some masses -> pick masses number
            | None -> evenly axis.Points.Length number)

    /// The proposal, with the logarithm of how much likelier it is among the good; None where nothing acceptable was
    /// drawn. Observations go from good to bad; `next` gives numbers in [0, 1).
    let propose (space: SearchSpace) (observations: int array list) accept (next: unit -> float) =
        let best, others =
            observations
            |> List.splitAt (min observations.Length (good observations.Length))

        let likely = ParzenEstimator.around space.Dimensions best
        let unlikely = ParzenEstimator.around space.Dimensions others

        let score (candidate: Candidate) =
            ParzenEstimator.logDensity likely candidate.Indices
            - ParzenEstimator.logDensity unlikely candidate.Indices

        let drawn =
            Seq.init (candidates * 20) (fun _ -> draw space likely next)
            |> Seq.filter (fun candidate -> accept candidate.Declared)
            |> Seq.truncate candidates
            |> List.ofSeq

        match drawn with
        | [] -> None
        | _ ->
            drawn
            |> List.map (fun candidate -> candidate, score candidate)
            |> List.maxBy snd
            |> Some

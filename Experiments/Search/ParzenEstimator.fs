namespace Orchestrator.Experiments.Search

open System

/// A density over the points of a space: a kernel on each observation, and one that is uniform.
///
/// The kernels are products over the dimensions (Falkner et al. 2018), so that what goes well together is proposed
/// together. An observation to which a dimension does not apply says nothing about it: its kernel is uniform there.
type ParzenEstimator = {
    Dimensions: Dimension array
    /// For each observation and dimension the mass of each point; None where the dimension does not apply.
    Kernels: float array option array array
}

[<RequireQualifiedAccess>]
module ParzenEstimator =

    // A fifth of the axis for one observation, less for more (Scott's rule), and never much below the distance of points.
    let private bandwidth dimensions observations (points: int) =
        let scott = 0.2 * float observations ** (-1.0 / float (dimensions + 4))
        max scott (0.5 / float (max 1 (points - 1)))

    let private normal (masses: float array) =
        let total = Array.sum masses
        masses |> Array.map (fun mass -> mass / total)

    let private kernel dimensions observations (dimension: Dimension) (centre: int) =
        match dimension.Places with
        | Some places ->
            let width = bandwidth dimensions observations dimension.Points

            places
            |> Array.map (fun place -> Math.Exp(-0.5 * ((place - places[centre]) / width) ** 2.0))
            |> normal
        | None ->
            Array.init dimension.Points (fun point -> (if point = centre then 1.0 else 0.0) + 1.0 / float observations)
            |> normal

    /// The density around observations, each the index of a point in every dimension or -1 where it does not apply.
    let around (dimensions: Dimension array) (observations: int array list) : ParzenEstimator = {
        Dimensions = dimensions
        Kernels = [|
            for observation in observations ->
                observation
                |> Array.mapi (fun index point ->
                    if point < 0 then
                        None
                    else
                        Some(kernel dimensions.Length observations.Length dimensions[index] point))
        |]
    }

    /// The masses of a dimension under one of the kernels; the last kernel is the uniform one.
    let masses (estimator: ParzenEstimator) kernel dimension =
        if kernel < estimator.Kernels.Length then
            estimator.Kernels[kernel][dimension]
        else
            None

    /// The logarithm of the density at a point of the space; dimensions that do not apply (-1) are left out.
    let logDensity (estimator: ParzenEstimator) (point: int array) =
        let logOf kernel =
            let mutable sum = 0.0

            for dimension in 0 .. point.Length - 1 do
                if point[dimension] >= 0 then
                    let mass =
                        match masses estimator kernel dimension with
                        | Some masses -> masses[point[dimension]]
                        | None -> 1.0 / float estimator.Dimensions[dimension].Points

                    sum <- sum + Math.Log mass

            sum

        let logs = Array.init (estimator.Kernels.Length + 1) logOf
        let highest = Array.max logs

        highest + Math.Log(logs |> Array.sumBy (fun log -> Math.Exp(log - highest)))
        - Math.Log(float logs.Length)

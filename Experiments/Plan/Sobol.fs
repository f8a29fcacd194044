namespace Orchestrator.Experiments.Plan

open System.Numerics

/// The Sobol sequence with the direction numbers of Joe and Kuo (2008), shifted by a seed (a random digital shift keeps its evenness).
[<RequireQualifiedAccess>]
module Sobol =

    // Degree of the primitive polynomial, its inner coefficients, the first direction numbers; from the second dimension on.
    let private table = [
        1, 0u, [ 1u ]
        2, 1u, [ 1u; 3u ]
        3, 1u, [ 1u; 3u; 1u ]
        3, 2u, [ 1u; 1u; 1u ]
        4, 1u, [ 1u; 1u; 3u; 3u ]
        4, 4u, [ 1u; 3u; 5u; 13u ]
        5, 2u, [ 1u; 1u; 5u; 5u; 17u ]
        5, 4u, [ 1u; 1u; 5u; 5u; 5u ]
        5, 7u, [ 1u; 1u; 7u; 11u; 19u ]
        5, 11u, [ 1u; 1u; 5u; 1u; 1u ]
        5, 13u, [ 1u; 1u; 1u; 3u; 11u ]
        5, 14u, [ 1u; 3u; 5u; 5u; 31u ]
        6, 1u, [ 1u; 3u; 3u; 9u; 7u; 49u ]
        6, 13u, [ 1u; 1u; 1u; 15u; 21u; 21u ]
        6, 16u, [ 1u; 3u; 1u; 13u; 27u; 49u ]
        6, 19u, [ 1u; 1u; 1u; 15u; 7u; 5u ]
        6, 22u, [ 1u; 3u; 1u; 15u; 13u; 25u ]
        6, 25u, [ 1u; 1u; 5u; 5u; 19u; 61u ]
        7, 1u, [ 1u; 3u; 7u; 11u; 23u; 15u; 103u ]
        7, 4u, [ 1u; 3u; 7u; 13u; 13u; 15u; 69u ]
    ]

    /// The most dimensions.
    let maximumDimensions = table.Length + 1

    let private bits = 32

    // Joe and Kuo's recurrence: m(k) = 2 a1 m(k-1) xor ... xor 2^s m(k-s) xor m(k-s), as fractions of 2^32.
    let private directions dimension =
        if dimension = 0 then
            Array.init bits (fun bit -> 1u <<< (bits - 1 - bit))
        else
            let degree, coefficients, first = table[dimension - 1]
            let numbers = Array.zeroCreate<uint32> bits
            first |> List.iteri (fun index m -> numbers[index] <- m <<< (bits - 1 - index))

            for index in degree .. bits - 1 do
                let mutable number =
                    numbers[index - degree] ^^^ (numbers[index - degree] >>> degree)

                for term in 1 .. degree - 1 do
                    if (coefficients >>> (degree - 1 - term)) &&& 1u = 1u then
                        number <- number ^^^ numbers[index - term]

                numbers[index] <- number

            numbers

    /// The points of the unshifted sequence as fractions of 2^32, in Gray code order.
    let sequence dimensions : uint32 array seq =
        let directions = Array.init dimensions directions

        Seq.unfold
            (fun (index: uint32, point: uint32 array) ->
                let bit = BitOperations.TrailingZeroCount(index + 1u)

                let next =
                    Array.mapi (fun dimension value -> value ^^^ directions[dimension][bit]) point

                Some(point, (index + 1u, next)))
            (0u, Array.zeroCreate dimensions)

    /// Endless points in [0, 1), by dimension.
    let points dimensions (seed: uint64) : (int -> float) seq =
        let shift = Seq.head (Sampling.random seed)

        let shifts =
            Array.init dimensions (fun dimension -> uint32 (shift dimension * 4294967296.0))

        sequence dimensions
        |> Seq.map (fun point -> fun dimension -> float (point[dimension] ^^^ shifts[dimension]) / 4294967296.0)

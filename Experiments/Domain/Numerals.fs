namespace Orchestrator.Experiments.Domain

open System
open System.Globalization
open Orchestrator.Core.Contracts

/// Numbers as people write them, the same under every locale.
[<RequireQualifiedAccess>]
module Numerals =

    /// Shortest digits that read back as the same number: 4, 0.5, 1e-5.
    let real (value: float) =
        if value = Math.Floor value && abs value < 1e15 then
            value.ToString("0", CultureInfo.InvariantCulture)
        else
            let digits = value.ToString("R", CultureInfo.InvariantCulture)

            match digits.IndexOf 'E' with
            | -1 -> digits
            | at ->
                let exponent =
                    Int32.Parse(digits.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)

                $"{digits.Substring(0, at)}e{exponent.ToString CultureInfo.InvariantCulture}"

    /// A count with separators: 1,000,000.
    let count (value: bigint) =
        value.ToString("N0", CultureInfo.InvariantCulture)

    /// A count with its noun: 1 trial, 1,000 trials.
    let counted (value: int) (noun: string) =
        if value = 1 then
            $"1 {noun}"
        else
            $"{count (bigint value)} {noun}s"

    /// A parameter's value as a manifest writes it.
    let parameter (value: ParameterValue) =
        match value with
        | :? ParameterValue.Real as value -> real value.Value
        | :? ParameterValue.IntegerList as list -> "[" + String.Join(", ", list.Values) + "]"
        | value -> value.ToString()

    /// An assignment in words: latent 8, beta 4.
    let assignment (parameters: ParameterSet) =
        parameters
        |> Seq.map (fun pair -> $"{pair.Key} {parameter pair.Value}")
        |> String.concat ", "

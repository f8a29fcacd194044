namespace Orchestrator.Experiments.Manifest

open System
open System.Globalization
open System.Numerics
open System.Text.RegularExpressions
open Orchestrator.Experiments.Domain

/// Scalars by the core schema of YAML 1.2: "no" is text, 1e-3 is a number, and what YAML 1.1 reads otherwise is refused.
[<RequireQualifiedAccess>]
module Scalars =

    let private matches (pattern: string) (text: string) =
        Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds 1.0)

    let private isDecimal = matches @"\A[-+]?[0-9]+\z"

    let private isReal =
        matches @"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z"

    let private isSpecial = matches @"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z"
    let private isHexadecimal = matches @"\A0x[0-9a-fA-F]+\z"
    let private isOctal = matches @"\A0o[0-7]+\z"
    let private isUnderscored = matches @"\A[-+]?[0-9][0-9_]*(\.[0-9_]+)?\z"
    let private hasLeadingZero = matches @"\A[-+]?0[0-9]+\z"

    // No number of a manifest has more digits; a longer one would cost time to read.
    let private longest = 64

    let private digits (letters: string) radix =
        letters
        |> Seq.fold
            (fun total letter -> total * BigInteger(radix: int) + BigInteger(Convert.ToInt32(string letter, 16)))
            BigInteger.Zero

    let private (|Whole|_|) (text: string) =
        if text.Length > longest || hasLeadingZero text then
            None
        elif isDecimal text then
            Some(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
        elif isHexadecimal text then
            Some(digits (text.Substring 2) 16)
        elif isOctal text then
            Some(digits (text.Substring 2) 8)
        else
            None

    let private (|Real|_|) (text: string) =
        if text.Length <= longest && isReal text && not (hasLeadingZero text) then
            Some(Double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
        else
            None

    let private isNumber text =
        match text with
        | Whole _
        | Real _ -> true
        | _ -> false

    // Why a scalar that people take for a number is none, or the general answer.
    let private noNumber (node: Node) text plain wanted =
        let cause = $"{Node.describe node} is not {wanted}"

        if not plain && isNumber text then
            Decoded.fail node.Span $"'{text}' in quotes is text, not {wanted}" "Remove the quotes."
        elif hasLeadingZero text then
            let value = text.TrimStart('+', '-').TrimStart('0')
            let value = if value = "" then "0" else value

            Decoded.fail
                node.Span
                $"'{text}' begins with a zero, which some readers of YAML take for an octal number"
                $"Write {value}."
        elif text.Contains '_' && isUnderscored text then
            Decoded.fail node.Span cause $"""Write {text.Replace("_", "")}, without underscores."""
        elif isSpecial text then
            Decoded.fail node.Span $"'{text}' is not a finite number" "Write a finite number."
        elif text.Length > longest && text |> Seq.forall Char.IsAsciiDigit then
            Decoded.fail node.Span $"a number of {text.Length} digits is too long" "Write a smaller number."
        else
            Decoded.fail node.Span cause $"Write {wanted}."

    let private scalar wanted read (node: Node) =
        match node.Content with
        | Content.Scalar(text, plain) -> read text plain
        | _ -> Decoded.fail node.Span $"{Node.describe node} is not {wanted}" $"Write {wanted}."

    let private between (low: BigInteger) (high: BigInteger) wanted (node: Node) =
        node
        |> scalar wanted (fun text plain ->
            match text with
            | Whole value when plain && value < low ->
                Decoded.fail node.Span $"must be at least {low}, got {text}" $"Write {low} or more."
            | Whole value when plain && value > high ->
                Decoded.fail
                    node.Span
                    $"must be at most {Numerals.count high}, got {text}"
                    $"Write {Numerals.count high} or less."
            | Whole value when plain -> Decoded.ok value
            | Real value when plain && value = Math.Floor value && abs value < 1e15 ->
                Decoded.fail
                    node.Span
                    $"{text} is written as a real number, and a whole number is needed"
                    $"Write {Numerals.real value}."
            | _ -> noNumber node text plain wanted)

    /// A whole number between two, both included.
    let int (low: int) (high: int) node : Decoded<int> =
        node
        |> between (BigInteger low) (BigInteger high) "a whole number"
        |> Decoded.map int

    /// A whole number from 0 to the greatest of 64 bits.
    let uint64 node : Decoded<uint64> =
        node
        |> between BigInteger.Zero (BigInteger UInt64.MaxValue) "a whole number"
        |> Decoded.map uint64

    /// A finite real number; a whole one will do.
    let real (node: Node) : Decoded<float> =
        let wanted = "a number"

        node
        |> scalar wanted (fun text plain ->
            let value =
                match text with
                | Whole value -> Some(float value)
                | Real value -> Some value
                | _ -> None

            match value with
            | Some value when plain && Double.IsFinite value -> Decoded.ok value
            | Some _ when plain ->
                Decoded.fail node.Span $"{text} is too large for a number of 64 bits" "Write a smaller number."
            | _ -> noNumber node text plain wanted)

    /// true or false.
    let flag (node: Node) : Decoded<bool> =
        node
        |> scalar "true or false" (fun text plain ->
            match text with
            | "true"
            | "True"
            | "TRUE" when plain -> Decoded.ok true
            | "false"
            | "False"
            | "FALSE" when plain -> Decoded.ok false
            | _ -> Decoded.fail node.Span $"{Node.describe node} is not true or false" "Write true or false.")

    /// Text; what a plain scalar would make a number or nothing must stand in quotes.
    let text (node: Node) : Decoded<string> =
        node
        |> scalar "text" (fun text plain ->
            if Node.isNull node then
                Decoded.fail node.Span "the text is missing" "Write it after the colon."
            elif plain && isNumber text then
                Decoded.fail
                    node.Span
                    $"{text} is a number, and text is needed"
                    $"Write '{text}' in quotes if that is meant."
            else
                Decoded.ok text)

    /// One of several names.
    let choice kind (names: (string * 'T) list) (node: Node) : Decoded<'T> =
        let known = names |> List.map fst
        let wanted = $"""one of {String.concat ", " known}"""

        node
        |> scalar wanted (fun text _ ->
            match names |> List.tryFind (fun (name, _) -> name = text) with
            | Some(_, value) -> Decoded.ok value
            | None -> Decoded.fail node.Span $"there is no {kind} {Node.describe node}" (Spelling.remedy known text))

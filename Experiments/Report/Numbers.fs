/// How every number of the report is written: sensible digits, a true minus sign, the invariant culture.
module Orchestrator.Experiments.Report.Numbers

open System
open System.Globalization

let private invariant = CultureInfo.InvariantCulture

let private withTrueMinus (text: string) =
    // "-0.0" is a rounded-away difference: it has no sign.
    if
        text.StartsWith '-'
        && text |> Seq.forall (fun c -> not (Char.IsDigit c) || c = '0')
    then
        text.Substring 1
    else
        text.Replace('-', '−')

/// With this many decimals.
let fixedTo (decimals: int) (value: float) =
    value.ToString("F" + string (max 0 decimals), invariant) |> withTrueMinus

let private magnitude (value: float) =
    if value = 0.0 then 0 else int (floor (log10 (abs value)))

let private scientific (digits: int) (value: float) =
    let exponent = magnitude value
    $"{fixedTo (digits - 1) (value / Math.Pow(10.0, float exponent))}e{(string exponent).Replace('-', '−')}"

/// The decimals that show this many significant digits of a value.
let decimalsFor digits value = max 0 (digits - 1 - magnitude value)

/// Significant digits, for a figure that stands alone.
let significant digits (value: float) =
    if not (Double.IsFinite value) then
        "–"
    elif value <> 0.0 && (abs value < 1e-4 || abs value >= 1e7) then
        scientific digits value
    else
        fixedTo (decimalsFor digits value) value

/// Four significant digits; a whole number, such as a count's mean, as it is.
let plain (value: float) =
    if value = Math.Round value && abs value < 1e6 then
        fixedTo 0 value
    else
        significant 4 value

/// A mean with the half-width of its interval: two significant digits of the half-width decide the decimals.
let withUncertainty (mean: float) (half: float option) =
    match half with
    | None -> plain mean
    | Some half when half = 0.0 || not (Double.IsFinite half) -> plain mean
    | Some half when abs mean >= 1e7 || (mean <> 0.0 && abs mean < 1e-4) -> $"{plain mean} ± {significant 2 half}"
    | Some half ->
        let decimals = min 6 (decimalsFor 2 half)
        $"{fixedTo decimals mean} ± {fixedTo decimals half}"

/// A whole number with separators of thousands.
let count (value: int) = value.ToString("#,0", invariant)

/// A count with its noun in the right number: "1 trial", "18 trials".
let counted (noun: string) (value: int) =
    if value = 1 then $"1 {noun}" else $"{count value} {noun}s"

/// Counted trials.
let trials = counted "trial"

/// Counted seeds.
let seeds = counted "seed"

/// Counted other ones.
let others = counted "other"

/// Counted comparisons.
let comparisons = counted "comparison"

/// Counted configurations.
let configurations = counted "configuration"

/// Counted attempts.
let attempts = counted "attempt"

/// Counted workers.
let workers = counted "worker"

/// A probability of error, never written as zero.
let probability (p: float) =
    if p < 0.001 then "< 0.001" else fixedTo 3 p

/// A duration in its two largest units.
let duration (span: TimeSpan) =
    let whole (value: float) = int64 value

    if span = TimeSpan.Zero then
        "0 s"
    elif span < TimeSpan.FromSeconds 10.0 then
        $"{fixedTo 1 span.TotalSeconds} s"
    elif span < TimeSpan.FromMinutes 1.0 then
        $"{whole span.TotalSeconds} s"
    elif span < TimeSpan.FromHours 1.0 then
        $"{whole span.TotalMinutes} min {span.Seconds} s"
    elif span < TimeSpan.FromDays 1.0 then
        $"{whole span.TotalHours} h {span.Minutes} min"
    else
        $"{span.Days} d {span.Hours} h"

/// A moment, in universal time.
let moment (time: DateTimeOffset) =
    time.UtcDateTime.ToString("d MMM yyyy, HH:mm", invariant) + " UTC"

/// A moment with seconds, for tables.
let second (time: DateTimeOffset) =
    time.UtcDateTime.ToString("MM-dd HH:mm:ss", invariant)

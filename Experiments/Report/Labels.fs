/// Names as people read them.
module Orchestrator.Experiments.Report.Labels

open System.Globalization
open Orchestrator.Core.Contracts

let private part =
    function
    | "train" -> "training"
    | "val" -> "validation"
    | other -> other

let private quantity (name: string) =
    match name with
    | "elbo"
    | "kl"
    | "mse"
    | "iwae"
    | "auc"
    | "mig" -> name.ToUpperInvariant()
    | _ -> name.Replace('_', ' ')

/// A metric in words: val/elbo is "validation ELBO".
let metric (name: string) =
    match name.IndexOf '/' with
    | -1 -> quantity name
    | slash -> $"{part (name.Substring(0, slash))} {quantity (name.Substring(slash + 1))}"

/// Words at the beginning of a sentence.
let capital (words: string) =
    if words = "" then
        words
    else
        string (System.Char.ToUpperInvariant words[0]) + words.Substring 1

/// The quantity of a metric without the part of the data.
let quantityOf (name: string) =
    quantity (name.Substring(name.IndexOf '/' + 1))

/// A unit after a figure: " nats per image", or nothing.
let after unit = if unit = "" then "" else " " + unit

/// The value of a parameter; a dash where the configuration does not read it.
let value (parameters: ParameterSet) name =
    match parameters.Find name with
    | null -> "–"
    // A manifest tells 4 from 4.0, people do not.
    | :? ParameterValue.Real as real -> real.Value.ToString("R", CultureInfo.InvariantCulture)
    | value -> value.ToString()

/// The number that a value sorts and is drawn by, where it is one.
let number (parameters: ParameterSet) name =
    match parameters.Find name with
    | :? ParameterValue.Integer as v -> Some(float v.Value)
    | :? ParameterValue.Real as v -> Some v.Value
    | _ -> None

/// A configuration by the parameters that tell it from the others.
let configuration (names: string list) (parameters: ParameterSet) =
    names
    |> List.filter parameters.Contains
    |> List.map (fun name -> $"{name} {value parameters name}")
    |> function
        | [] -> "the only configuration"
        | some -> String.concat " · " some

/// A reading in words.
let reading epoch = $"epoch {epoch}"

/// "a", "a and b", "a, b and c".
let rec sequence (items: string list) =
    match items with
    | [] -> ""
    | [ one ] -> one
    | [ one; two ] -> $"{one} and {two}"
    | one :: rest when rest.Length = 2 -> $"{one}, {sequence rest}"
    | one :: rest -> $"{one}, {sequence rest}"

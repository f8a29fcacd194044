/// Names as people read them.
module Orchestrator.Experiments.Report.Labels

open System.Globalization
open Orchestrator.Core.Contracts

let private part =
    function
    | "train" -> "training"
    | "val" -> "validation"
    | other -> other

// Names that are not read as they are written; any other loses its underscores.
let private words =
    Map [
        "elbo", "ELBO"
        "iwae", "IWAE"
        "auc", "AUC"
        "kl", "KL"
        "mse", "MSE"
        "psnr", "PSNR"
        "ssim", "SSIM"
        "mig", "MIG"
        "knn5", "5-nearest-neighbour accuracy"
        "linear_probe", "linear-probe accuracy"
        "kmeans_nmi", "k-means NMI"
        "kmeans_ari", "k-means ARI"
        "pca_first2", "variance along two principal components"
        "pca_directions95", "principal components for 95 % of the variance"
        "dci_disentanglement", "DCI disentanglement"
        "dci_completeness", "DCI completeness"
        "dci_informativeness", "DCI informativeness"
        "anomaly_auc", "anomaly AUC"
        "frechet_classifier", "Fréchet distance"
        "frechet_classifier_floor", "Fréchet distance of real images"
        "mse_clean_input", "MSE of clean input"
        "reconstruction_clean_input", "reconstruction of clean input"
    ]

let private spoken (name: string) =
    Map.tryFind name words |> Option.defaultWith (fun () -> name.Replace('_', ' '))

// How a figure was measured, as the end of its id says it: mean, n2000, hist20, forest10.
let private protocol (name: string) (part: string) =
    let counted (start: string) noun =
        if part.StartsWith(start, System.StringComparison.Ordinal) then
            match System.Int32.TryParse(part.Substring start.Length) with
            | true, count -> Some(count.ToString("N0", CultureInfo.InvariantCulture) + " " + noun)
            | _ -> None
        else
            None

    let named =
        match part with
        | "mean" -> Some "posterior mean"
        | "sample1" -> Some "one sample"
        | "pca" -> Some "best linear code"
        | "gaussian255" -> Some "Gaussian, 8 bits"
        | "continuous_bernoulli255" -> Some "continuous Bernoulli, 8 bits"
        | "n10000" when name.StartsWith("frechet_classifier", System.StringComparison.Ordinal) ->
            Some "our classifier's features, 10,000 images"
        | _ -> None

    [ named; counted "n" "images"; counted "hist" "bins"; counted "forest" "trees" ]
    |> List.tryPick id
    |> Option.defaultWith (fun () -> spoken part)

let private quantity (id: string) =
    match List.ofArray (id.Split '.') with
    | name :: (_ :: _ as parts) ->
        let measured = parts |> List.map (protocol name) |> String.concat ", "
        $"{spoken name} ({measured})"
    | _ -> spoken id

/// A metric in words: val/elbo is "validation ELBO", test/mse.mean.n2000 "test MSE (posterior mean, 2,000 images)".
let metric (name: string) =
    match name.IndexOf '/' with
    | -1 -> quantity name
    | slash -> $"{part (name.Substring(0, slash))} {quantity (name.Substring(slash + 1))}"

/// A metric in words, without how it was measured: where there is little room, beside the whole name.
let brief (name: string) = name.Split '.' |> Array.head |> metric

/// Words at the beginning of a sentence; a name that begins in lower case stays as it is.
let capital (words: string) =
    if words = "" || words.StartsWith("t-SNE", System.StringComparison.Ordinal) then
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

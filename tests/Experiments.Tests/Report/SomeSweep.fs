// Over 300 lines: one sweep that the tests of tables, figures and pages all look at.
/// Sweeps made by hand: what the store would give after trainings that never took place.
module Orchestrator.Experiments.Tests.Report.SomeSweep

open System
open System.Collections.Generic
open System.Collections.Immutable
open System.IO
open System.Security.Cryptography
open System.Text
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// What becomes of a trial.
[<RequireQualifiedAccess>]
type Fate =
    | Completed
    | Resumed
    | Diverged
    | Failed
    | Running of epochs: int
    | Pending

/// What to make.
type Shape = {
    Name: string
    Latents: int list
    Betas: float list
    Depths: int list
    Seeds: int
    Readings: int list
    /// By the trial's index.
    Fate: int -> Fate
    Images: bool
}

/// Eighteen configurations with five seeds, one of them diverged once, one interrupted.
let usual = {
    Name = "fashion-beta-latent"
    Latents = [ 2; 8; 16 ]
    Betas = [ 0.5; 1.0; 4.0 ]
    Depths = [ 2; 3 ]
    Seeds = 5
    Readings = [ 5; 20 ]
    Fate =
        (fun index ->
            match index with
            | 44 -> Fate.Diverged
            | 17 -> Fate.Resumed
            | _ -> Fate.Completed)
    Images = true
}

/// Five hundred trials.
let large = {
    usual with
        Name = "five-hundred"
        Latents = [ 2; 4; 8; 16; 32 ]
        Betas = [ 0.25; 0.5; 1.0; 2.0; 4.0 ]
        Depths = [ 1; 2; 3; 4 ]
        Readings = [ 10; 20; 50 ]
}

let private digest (text: string) =
    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text))

let private set (pairs: (string * ParameterValue) list) =
    ParameterSet.Of(pairs |> List.map KeyValuePair.Create)

// Marsaglia's polar method would do as well; Box and Muller need no loop.
let private normal (random: Random) =
    sqrt (-2.0 * log (1.0 - random.NextDouble()))
    * cos (2.0 * Math.PI * random.NextDouble())

let private metrics (random: Random) trial latent beta depth epochs =
    let reconstruction =
        74.0 + 46.0 / float latent + 1.8 * beta + 0.6 * abs (float depth - 3.0)

    let rate = (9.0 + 5.2 * log (float latent)) / (0.55 + 0.45 * beta)
    let offset = 0.35 * normal random

    [
        for epoch in 1..epochs do
            let left = exp (-float epoch / (3.0 + float depth))
            let noise = 0.12 * normal random
            let distortion = reconstruction + 60.0 * left + offset + noise
            let kl = rate * (1.0 - 0.6 * left) + 0.1 * normal random

            let figure name value = {
                TrialId = trial
                Epoch = epoch
                Name = name
                Value = value
            }

            figure "train/loss" (distortion + beta * kl - 1.0)
            figure "train/reconstruction" (distortion - 1.0)
            figure "val/elbo" -(distortion + kl)
            figure "val/reconstruction" distortion
            figure "val/kl" kl
            figure "val/active_units" (float (min latent (int (rate / 1.9))))
    ]

let private start = DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero)

let private provenance =
    """{"program":"0.1.0","git":{"commit":"4f2c9d1e","dirty":false},"torch":{"provider":"system","version":"1.13.1"},"os":"Debian GNU/Linux 12"}"""

let private attempt index trial number (from: float) (lasted: float) outcome startEpoch epochs error = {
    TrialId = trial
    Number = number
    Worker = $"worker-{index % 4 + 1}"
    Host = "atlas"
    ProcessId = 4000 + index
    Device = "cpu"
    Threads = 1
    StartedAt = start.AddSeconds from
    EndedAt = outcome |> Option.map (fun _ -> start.AddSeconds(from + lasted))
    Outcome = outcome
    StartEpoch = startEpoch
    EpochsDone = epochs
    Error = error
    Interruptions = if number > 1 then 1 else 0
    WeightsDigest = None
    Provenance = provenance
}

let private attempts budget index trial fate =
    let from = float (index / 4) * 31.0 + float (index % 4) * 2.0
    let make = attempt index trial

    match fate with
    | Fate.Completed -> [ make 1 from 29.0 (Some AttemptOutcome.Completed) 0 budget None ]
    | Fate.Resumed -> [
        make 1 from 11.0 (Some AttemptOutcome.Lost) 0 (budget / 2) (Some "the worker died")
        make 2 (from + 12.0) 16.0 (Some AttemptOutcome.Completed) (budget / 2) budget None
      ]
    | Fate.Diverged -> [
        make 1 from 6.0 (Some AttemptOutcome.Diverged) 0 1 (Some "the loss became NaN in epoch 2, batch 118")
      ]
    | Fate.Failed -> [
        make 1 from 2.0 (Some AttemptOutcome.Failed) 0 0 (Some "train-images-idx3-ubyte.gz: the file is truncated")
      ]
    | Fate.Running epochs -> [ make 1 from 20.0 None 0 epochs None ]
    | Fate.Pending -> []

let private epochsOf budget fate =
    match fate with
    | Fate.Completed
    | Fate.Resumed -> budget
    | Fate.Diverged -> 1
    | Fate.Running epochs -> epochs
    | Fate.Failed
    | Fate.Pending -> 0

let private stateOf fate =
    match fate with
    | Fate.Completed
    | Fate.Resumed -> TrialState.Completed
    | Fate.Diverged
    | Fate.Failed -> TrialState.Failed
    | Fate.Running _ -> TrialState.Running
    | Fate.Pending -> TrialState.Pending

let private image kind epoch (trial: string) columns rows seed =
    let bytes = SomePng.sheet columns rows seed

    {
        TrialId = trial
        Kind = kind
        Path = $"made/trials/{trial.Substring(0, 12)}/{kind}.png"
        Sha256 = Convert.ToHexStringLower(SHA256.HashData bytes)
        Bytes = bytes.LongLength
        Epoch = epoch
        Description = $"The first test images, epoch {epoch}."
    },
    bytes

/// The results and the files that belong to them.
let make (shape: Shape) : SweepResults * (string * byte array) list =
    let budget = List.max shape.Readings

    let planned = [
        for latent in shape.Latents do
            for beta in shape.Betas do
                for depth in shape.Depths do
                    for seed in 1 .. shape.Seeds -> latent, beta, depth, uint64 seed
    ]

    let made =
        planned
        |> List.mapi (fun index (latent, beta, depth, seed) ->
            let random = Random(7919 * index + 13)
            let fate = shape.Fate index

            let varied =
                set [
                    "latent", ParameterValue.Integer latent
                    "beta", ParameterValue.Real beta
                    "depth", ParameterValue.Integer depth
                ]

            let parameters =
                varied.With("dataset", ParameterValue.Text "fashion-mnist").With("family", ParameterValue.Text "vae")

            let configuration = digest (parameters.ToJson())
            let id = digest $"{configuration}:{seed}"
            let own = attempts budget index id fate

            let images =
                if shape.Images && stateOf fate = TrialState.Completed then
                    [
                        image "reconstructions" budget id 8 4 index
                        image "samples" budget id 8 4 (index + 1000)
                    ]
                else
                    []

            {
                Id = id
                ConfigurationId = configuration
                Parameters = parameters
                Varied = varied
                Seed = seed
                Epochs = shape.Readings
                DataFingerprint = digest "fashion-mnist"
                State = stateOf fate
                EpochsDone = epochsOf budget fate
                StoppedEarly = false
                Attempts = own.Length
                EffectiveAttempt = if own.IsEmpty then None else Some own.Length
                Error = own |> List.tryLast |> Option.bind _.Error
                Folder = $"made/trials/{id.Substring(0, 12)}"
            },
            own,
            metrics random id latent beta depth (epochsOf budget fate),
            images)

    let images = made |> List.collect (fun (_, _, _, images) -> images)

    {
        Sweep = {
            Name = shape.Name
            Manifest = "version: 1\nsweep: fashion-beta-latent\nobjective: {metric: val/elbo, direction: maximize}\n"
            ManifestFile = "beta-latent.yaml"
            Objective = {
                Metric = "val/elbo"
                Direction = MetricDirection.Maximize
            }
            CreatedAt = start
            UpdatedAt = start.AddMinutes 12.0
        }
        Trials = made |> List.map (fun (trial, _, _, _) -> trial)
        Attempts = made |> List.collect (fun (_, attempts, _, _) -> attempts)
        Metrics = made |> List.collect (fun (_, _, metrics, _) -> metrics)
        Artifacts = List.map fst images
        Estimates = []
    },
    images |> List.map (fun (artifact, bytes) -> artifact.Path, bytes)

/// Unit of the metrics that `make` uses.
let metric (name: string) =
    if name = "val/active_units" then
        Some(MetricDefinition(name, "", MetricDirection.Neutral, "", false))
    else
        Some(MetricDefinition(name, "nats per image", MetricDirection.Neutral, "", true))

/// A small model whose width follows the latent size.
let describe (parameters: ParameterSet) : Result<ModelDescription, string> =
    let latent =
        match parameters.Find "latent" with
        | :? ParameterValue.Integer as value -> value.Value
        | _ -> 1L

    let layer part name kind size parameters =
        LayerDescription(part, name, kind, ImmutableArray.Create(size: int64), parameters)

    Ok(
        ModelDescription(
            "vae",
            "A variational autoencoder, scored by the evidence lower bound.",
            ImmutableArray.Create(
                layer "encoder" "encoder.0" "Linear 784→128" 128L 100480L,
                layer "encoder" "encoder.1" "ReLU" 128L 0L,
                layer "encoder" "encoder.2" $"Linear 128→{2L * latent}" (2L * latent) (258L * latent),
                layer "decoder" "decoder.0" $"Linear {latent}→784" 784L (784L * (latent + 1L))
            )
        )
    )

/// What the report asks of the core.
let catalogue: Orchestrator.Experiments.Report.Report.Catalogue = { Metric = metric; Describe = describe }

/// Writes the files and a report for an occasion into a folder; gives the report's path.
let writeFor
    (occasion: Orchestrator.Experiments.Report.Report.Occasion)
    (folder: string)
    (results: SweepResults, files: (string * byte array) list)
    =
    for path, bytes in files do
        let full = Path.Combine(folder, path)
        Directory.CreateDirectory(Path.GetDirectoryName full |> string) |> ignore
        File.WriteAllBytes(full, bytes)

    let report = Path.Combine(folder, results.Sweep.Name, "report.html")

    match Orchestrator.Experiments.Report.Report.write catalogue occasion folder results report with
    | Ok() -> report
    | Error problems -> invalidOp (String.Join("; ", problems))

/// Writes the files and the report into a folder; gives the report's path.
let writeResults folder made =
    writeFor Orchestrator.Experiments.Report.Report.final folder made

/// Makes a sweep and writes the report that an open page loads again every second; gives the report's path.
let writeWatched (shape: Shape) (folder: string) =
    make shape
    |> writeFor
        {
            Orchestrator.Experiments.Report.Report.final with
                Refresh = Some 1
        }
        folder

/// Makes a sweep and writes its report; gives the report's path.
let writeReport (shape: Shape) (folder: string) = make shape |> writeResults folder

/// A trainer without torch: its weights are a hash chain over seed and batches, so that a batch left out, done twice
/// or done out of order shows in every later byte. It checkpoints to disk as the real one does.
module FakeTrainer.PredictableTrainer

open System
open System.Collections.Immutable
open System.Diagnostics
open System.IO
open System.Security.Cryptography
open System.Text.Json
open System.Threading
open Orchestrator.Core.Contracts

/// What a checkpoint holds.
type Checkpoint = {
    Batch: int
    Weights: byte[]
    Metrics: MetricValue[]
    Interruptions: int
}

let private integer name fallback (parameters: ParameterSet) =
    match parameters.Find name with
    | :? ParameterValue.Integer as value -> int value.Value
    | _ -> fallback

let private fault (parameters: ParameterSet) =
    match parameters.Find "fault" with
    | :? ParameterValue.Text as text -> text.Value
    | _ -> "none"

let private checkpointIn folder =
    Path.Combine(folder, "checkpoints", "state.json")

// A benchmark of the orchestration must not measure the disk.
let private isDurable = isNull (Environment.GetEnvironmentVariable "FAKE_NO_FSYNC")

let private writeAside (path: string) (bytes: byte[]) =
    path |> Path.GetDirectoryName |> string |> Directory.CreateDirectory |> ignore
    let aside = path + ".new"

    do
        use file = new FileStream(aside, FileMode.Create)
        file.Write bytes
        file.Flush isDurable

    File.Move(aside, path, true)

let private save folder (checkpoint: Checkpoint) =
    writeAside (checkpointIn folder) (JsonSerializer.SerializeToUtf8Bytes checkpoint)

let private load folder : Checkpoint option =
    if File.Exists(checkpointIn folder) then
        match JsonSerializer.Deserialize<Checkpoint>(File.ReadAllBytes(checkpointIn folder)) with
        | null -> None
        | found -> Some found
    else
        None

let private fresh (trial: TrialSpecification) = {
    Batch = 0
    Weights = SHA256.HashData(Text.Encoding.UTF8.GetBytes $"{trial.Parameters.ToJson()} {trial.Seed}")
    Metrics = [||]
    Interruptions = 0
}

let private step (checkpoint: Checkpoint) = {
    checkpoint with
        Batch = checkpoint.Batch + 1
        Weights = SHA256.HashData(Array.append checkpoint.Weights (BitConverter.GetBytes checkpoint.Batch))
}

let private figure (weights: byte[]) index = float weights[index] / 256.

let private real name (parameters: ParameterSet) =
    match parameters.Find name with
    | :? ParameterValue.Real as value -> Some value.Value
    | _ -> None

// A search finds its best where x is 0.3 and y is 0.7; a trial comes nearer to its own level with each epoch.
let private elbo (parameters: ParameterSet) epoch (weights: byte[]) =
    match real "x" parameters, real "y" parameters with
    | Some x, Some y ->
        -100.
        - 50. * ((x - 0.3) ** 2. + (y - 0.7) ** 2.)
        - 20. / float epoch
        - 0.01 * figure weights 1
    | _ -> -100. - figure weights 1

let private figures parameters epoch (weights: byte[]) = [|
    MetricValue(epoch, "train/loss", 100. / float epoch + figure weights 0)
    MetricValue(epoch, "val/elbo", elbo parameters epoch weights)
|]

/// True the first time a trial's folder is asked this.
let private firstTime folder (what: string) =
    let path = Path.Combine(folder, what)

    if File.Exists path then
        false
    else
        writeAside path [||]
        true

let private misbehave folder kind epoch =
    match kind with
    | "throw" when epoch = 2 -> invalidOp "the trainer met a fault of its own"
    | "crash" when epoch = 2 -> Process.GetCurrentProcess().Kill()
    | "crash-once" when epoch = 2 && firstTime folder "crashed" -> Process.GetCurrentProcess().Kill()
    | "hang-once" when epoch = 2 && firstTime folder "hung" -> Thread.Sleep Timeout.Infinite
    | "memory-once" when epoch = 2 && firstTime folder "starved" -> raise (OutOfMemoryException "no memory is left")
    | "disk-full" when epoch = 2 && firstTime folder "filled" -> raise (IOException("No space left on device", 28))
    | _ -> ()

let private complete folder (trial: TrialSpecification) (checkpoint: Checkpoint) =
    let path = Path.Combine(folder, "weights.bin")
    writeAside path checkpoint.Weights
    let digest = Convert.ToHexStringLower(SHA256.HashData checkpoint.Weights)

    TrialOutcome(
        Outcome = AttemptOutcome.Completed,
        EpochsDone = trial.Budget,
        Metrics = checkpoint.Metrics.ToImmutableArray(),
        Artifacts =
            ImmutableArray.Create(
                Artifact("weights", "weights.bin", digest, int64 checkpoint.Weights.Length, trial.Budget, "the weights")
            ),
        WeightsDigest = digest,
        Interruptions = checkpoint.Interruptions
    )

let private stopped outcome batches (checkpoint: Checkpoint) (error: string | null) =
    TrialOutcome(
        Outcome = outcome,
        EpochsDone = checkpoint.Batch / batches,
        Metrics = checkpoint.Metrics.ToImmutableArray(),
        Interruptions = checkpoint.Interruptions,
        Error = error
    )

let private start folder batches trial (observer: ITrialObserver) =
    match load folder with
    | Some found ->
        observer.Resumed(found.Batch / batches, found.Metrics.ToImmutableArray(), null)

        {
            found with
                Interruptions = found.Interruptions + 1
        }
    | None -> fresh trial

/// Trains as the trial's parameters say: `batches` of an epoch, `milliseconds` of a batch, `fault`.
let train
    (trial: TrialSpecification)
    (environment: TrialEnvironment)
    (observer: ITrialObserver)
    (stop: CancellationToken)
    =
    let folder = environment.Folder
    Directory.CreateDirectory folder |> ignore
    let batches = integer "batches" 5 trial.Parameters
    let pause = integer "milliseconds" 0 trial.Parameters
    let kind = fault trial.Parameters

    let endOfEpoch epoch (checkpoint: Checkpoint) =
        let now = figures trial.Parameters epoch checkpoint.Weights

        let reached = {
            checkpoint with
                Metrics = Array.append checkpoint.Metrics now
        }

        save folder reached
        reached, observer.EpochCompleted(epoch, now.ToImmutableArray())

    let rec go (checkpoint: Checkpoint) =
        if checkpoint.Batch >= trial.Budget * batches then
            complete folder trial checkpoint
        elif stop.IsCancellationRequested then
            save folder checkpoint
            stopped AttemptOutcome.Preempted batches checkpoint "asked to stop"
        else
            let epoch = checkpoint.Batch / batches + 1
            misbehave folder kind epoch
            observer.Progress(TrialProgress(epoch, checkpoint.Batch % batches, batches, Nullable(), "training"))

            if kind = "diverge" && epoch = 2 then
                stopped AttemptOutcome.Diverged batches checkpoint "the loss became NaN in epoch 2"
            else
                stop.WaitHandle.WaitOne pause |> ignore
                let next = step checkpoint

                if next.Batch % batches = 0 then
                    match endOfEpoch epoch next with
                    | reached, TrialDecision.Prune -> stopped AttemptOutcome.Pruned batches reached null
                    | reached, _ -> go reached
                else
                    go next

    go (start folder batches trial observer)

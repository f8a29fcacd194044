/// Measures what trainings cost on this machine by really beginning them, each for a moment, in a process of its own.
module Orchestrator.Experiments.Launch.Probe

open System
open System.Collections.Immutable
open System.Diagnostics
open System.IO
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Plan

/// What a probe works with.
type ProbeServices = {
    Train: Worker.Train
    /// The memory that is in use on a GPU, by the device's name; None on a CPU.
    GpuMemory: string -> int64 option
}

/// When what happened in a training of one epoch, in seconds from its beginning.
type Timeline = {
    /// The end of each batch.
    Batches: (int * float) list
    BatchesOfEpoch: int
    TrainingEnded: float
    /// The beginning of the reading.
    ReadingBegan: float
    EpochEnded: float
    Ended: float
}

/// What a training's parts took, in seconds.
type Spent = {
    PerEpoch: float
    PerReading: float
    PerTrial: float
}

/// The seconds of a timeline's parts. The first batches warm up, where there are enough others.
let spent (timeline: Timeline) : Spent =
    let perBatch =
        match timeline.Batches with
        | [] -> 0.
        | [ _, at ] -> at
        | batches ->
            let skipped = if batches.Length > 10 then batches.Length / 5 else 0
            let first, began = batches[skipped]
            let last, ended = List.last batches
            (ended - began) / float (last - first)

    let firstBatch =
        timeline.Batches |> List.tryHead |> Option.map snd |> Option.defaultValue 0.

    {
        PerEpoch =
            perBatch * float timeline.BatchesOfEpoch + timeline.ReadingBegan
            - timeline.TrainingEnded
        PerReading = timeline.EpochEnded - timeline.ReadingBegan
        PerTrial = max 0. (firstBatch - perBatch) + timeline.Ended - timeline.EpochEnded
    }

/// A moment by the clock on the wall and by the processor's time that this process has used.
[<Struct>]
type private Moment = { Wall: float; Processor: float }

type private Watch() =
    let self = Process.GetCurrentProcess()
    let clock = Stopwatch.StartNew()
    let usedBefore = self.TotalProcessorTime
    let batches = ResizeArray<int * Moment>()
    let mutable ofEpoch = 0
    let mutable trainingEnded = None
    let mutable readingBegan = None
    let mutable epochEnded = None

    let now () =
        self.Refresh()

        {
            Wall = clock.Elapsed.TotalSeconds
            Processor = (self.TotalProcessorTime - usedBefore).TotalSeconds
        }

    let first mark =
        mark |> Option.orElseWith (fun () -> Some(now ()))

    /// What happened, by one of the clocks.
    member _.Timeline(ended: Moment, clock: Moment -> float) =
        let epochEnded = epochEnded |> Option.defaultValue ended
        let readingBegan = readingBegan |> Option.defaultValue epochEnded

        {
            Batches = [ for batch, at in batches -> batch, clock at ]
            BatchesOfEpoch = ofEpoch
            TrainingEnded = trainingEnded |> Option.defaultValue readingBegan |> clock
            ReadingBegan = clock readingBegan
            EpochEnded = clock epochEnded
            Ended = clock ended
        }

    member _.Now = now ()

    interface ITrialObserver with
        member _.Progress progress =
            match progress.Stage with
            | "training" ->
                ofEpoch <- progress.Batches
                batches.Add(progress.Batch, now ())
            | "validating" -> trainingEnded <- first trainingEnded
            | "evaluating" when epochEnded.IsNone ->
                trainingEnded <- first trainingEnded
                readingBegan <- first readingBegan
            | _ -> ()

        member _.EpochCompleted(_, _) =
            epochEnded <- first epochEnded
            TrialDecision.Continue

        member _.Resumed(_, _, _) = ()
        member _.Log _ = ()

// What one thread does takes as long as the processor's time that it uses, unless other programs take the core away: a
// passing hour's company is no property of the machine.
let private undisturbed (request: ProbeRequest) (watch: Watch) =
    let ended = watch.Now
    let wall = spent (watch.Timeline(ended, _.Wall))

    if request.Threads > 1 || request.Device <> "cpu" then
        wall
    else
        let used = spent (watch.Timeline(ended, _.Processor))

        {
            PerEpoch = min wall.PerEpoch used.PerEpoch
            PerReading = min wall.PerReading used.PerReading
            PerTrial = min wall.PerTrial used.PerTrial
        }

let private bytesIn (folder: string) =
    if Directory.Exists folder then
        DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        |> Seq.sumBy _.Length
    else
        0L

// Two checkpoints are kept, and a training of one reading has written one.
let private diskBytes folder =
    bytesIn folder + bytesIn (Path.Combine(folder, "checkpoints"))

let private specification (parameters: ParameterSet) =
    TrialSpecification(
        Id = String('0', 64),
        Parameters = parameters,
        Seed = 1UL,
        Epochs = ImmutableArray.Create 1,
        DataFingerprint = null
    )

let private measure services (request: ProbeRequest) (parameters: ParameterSet) : Result<Cost, string> =
    let scratch = Directory.CreateTempSubdirectory "orchestrator-probe-"

    let environment =
        TrialEnvironment(
            Folder = scratch.FullName,
            Device = request.Device,
            Threads = request.Threads,
            DataFolder = Option.toObj request.Data,
            ReportEvery = TimeSpan.Zero,
            TrainEpochFor = TimeSpan.FromSeconds request.TrainSeconds
        )

    try
        ProcessMemory.forgetPeak ()
        let gpuBefore = services.GpuMemory request.Device
        let watch = Watch()

        let outcome =
            services.Train (specification parameters) environment watch CancellationToken.None

        let spent = undisturbed request watch

        match outcome.Outcome, Option.ofObj outcome.Error with
        | AttemptOutcome.Completed, _ ->
            Ok {
                SecondsPerEpoch = spent.PerEpoch
                SecondsPerReading = spent.PerReading
                SecondsPerTrial = spent.PerTrial
                MemoryBytes = ProcessMemory.peak ()
                GpuBytes =
                    match gpuBefore, services.GpuMemory request.Device with
                    | Some before, Some after -> max 0L (after - before)
                    | _ -> 0L
                DiskBytes = diskBytes scratch.FullName
            }
        | kind, Some error -> Error $"{kind}: {error}"
        | kind, None -> Error(string kind)
    finally
        scratch.Delete true

/// Measures what it is asked for and answers on a writer, line by line.
let run (services: ProbeServices) (input: TextReader) (output: TextWriter) =
    let started = Process.GetCurrentProcess().StartTime
    let clock = Stopwatch.StartNew()

    let say answer =
        output.WriteLine(ProbeMessage.write<ProbeAnswer> answer)
        output.Flush()

    let probe (request: ProbeRequest) index (parameters: ParameterSet) =
        match measure services request parameters with
        | Ok cost -> say (ProbeAnswer.Measured(index, cost))
        | Error error -> say (ProbeAnswer.Failed(index, error))

    let line = input.ReadLine()

    match line |> Option.ofObj |> Option.bind ProbeMessage.tryRead<ProbeRequest> with
    | None -> invalidArg (nameof input) "the request of a probe cannot be read"
    | Some request ->
        let wanted = request.Parameters |> List.map ParameterSet.FromJson

        // What a process does for the first time takes longer than it will for the trials after the first.
        let begun = (DateTime.Now - started).TotalSeconds

        let first =
            wanted
            |> List.tryHead
            |> Option.map (measure services { request with TrainSeconds = 0.1 })

        match first with
        | Some(Ok cost) -> say (ProbeAnswer.Ready(begun, cost.SecondsPerTrial))
        | _ -> say (ProbeAnswer.Ready(begun, 0.))

        if request.Together then
            input.ReadLine() |> ignore

        wanted
        |> List.indexed
        |> List.takeWhile (fun (index, parameters) ->
            let isInTime = index = 0 || clock.Elapsed.TotalSeconds < request.CapSeconds

            if isInTime then
                probe request index parameters

            isInTime)
        |> ignore

/// Measures what trainings cost on this machine by really beginning them, each for a moment, in a process of its own.
module Orchestrator.Experiments.Launch.Probe

open System
open System.Collections.Generic
open System.Collections.Immutable
open System.Diagnostics
open System.IO
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Launch.TrainingWatch

/// What a probe works with.
type ProbeServices = {
    Train: Worker.Train
    /// The memory that is in use on a GPU, by the device's name; None on a CPU.
    GpuMemory: string -> int64 option
}

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

let private specification (parameters: ParameterSet) =
    TrialSpecification(
        Id = String('0', 64),
        Parameters = parameters,
        Seed = 1UL,
        Epochs = ImmutableArray.Create 1,
        DataFingerprint = null
    )

let private environment (request: ProbeRequest) cache (trainSeconds: float) folder =
    TrialEnvironment(
        Folder = folder,
        Device = request.Device,
        Threads = request.Threads,
        DataFolder = Option.toObj request.DataFolder,
        CacheFolder = cache,
        ReportEvery = TimeSpan.Zero,
        TrainEpochFor = TimeSpan.FromSeconds trainSeconds
    )

let private inScratch work =
    let scratch = Directory.CreateTempSubdirectory "orchestrator-probe-"

    try
        work scratch.FullName
    finally
        scratch.Delete true

/// What was seen of a training: its times, and the cost of a whole one.
type private Seen = { Spent: Spent; Cost: Cost }

let private see
    services
    (request: ProbeRequest)
    cache
    whole
    trainSeconds
    (parameters: ParameterSet)
    : Result<Seen, string> =
    inScratch (fun folder ->
        ProcessMemory.forgetPeak ()
        let gpuBefore = services.GpuMemory request.Device
        let watch = Watch whole

        let outcome =
            try
                services.Train
                    (specification parameters)
                    (environment request cache trainSeconds folder)
                    watch
                    CancellationToken.None
            with SeenEnoughException ->
                TrialOutcome(Outcome = AttemptOutcome.Completed, EpochsDone = 0)

        let spent = undisturbed request watch

        match outcome.Outcome, Option.ofObj outcome.Error with
        | AttemptOutcome.Completed, _ ->
            Ok {
                Spent = spent
                Cost = {
                    SecondsPerEpoch = spent.PerEpoch
                    SecondsPerReading = spent.PerReading
                    SecondsPerTrial = spent.PerTrial
                    SecondsPerWorker = 0.
                    MemoryBytes = ProcessMemory.peak ()
                    GpuBytes =
                        match gpuBefore, services.GpuMemory request.Device with
                        | Some before, Some after -> max 0L (after - before)
                        | _ -> 0L
                    DiskBytes = bytesIn folder
                    CheckpointBytes = bytesIn (Path.Combine(folder, "checkpoints"))
                }
            }
        | kind, Some error -> Error $"{kind}: {error}"
        | kind, None -> Error(string kind))

// A first look at a model, for what a process does for the first time to be done.
let private glance = 0.1

// Repeating what takes longer than this would tell little more.
let private worthRepeating = 15.

/// A process that measures, with what it found out of the data that it met.
type private Measurer(services: ProbeServices, request: ProbeRequest, cache: string) =
    let own = Process.GetCurrentProcess()

    // Neither the wait for a core nor that for orders.
    let begun =
        min (DateTime.Now - own.StartTime).TotalSeconds own.TotalProcessorTime.TotalSeconds

    let onceForData = Dictionary<string, float>()
    let mutable isWarm = false

    let see whole seconds parameters =
        let seen = see services request cache whole seconds parameters
        isWarm <- true
        seen

    let beside (seen: Seen) =
        seen.Spent.PerReading + seen.Spent.PerTrial

    /// Only the pace of an epoch.
    member _.Pace parameters =
        if not isWarm then
            see false glance parameters |> ignore

        see false request.TrainSeconds parameters
        |> Result.map (fun seen -> seen.Spent.PerEpoch)

    /// A whole training's cost. The first one of its data takes longer than those after it.
    member this.Cost(data: string, parameters) : Result<Cost, string> =
        let withOnce once (seen: Seen) = {
            seen.Cost with
                SecondsPerWorker = begun + once
        }

        match onceForData.TryGetValue data with
        | true, once -> see true request.TrainSeconds parameters |> Result.map (withOnce once)
        | _ ->
            see true glance parameters
            |> Result.bind (fun first ->
                if beside first > worthRepeating then
                    onceForData[data] <- 0.

                    this.Pace parameters
                    |> Result.map (fun pace -> {
                        withOnce 0. first with
                            SecondsPerEpoch = pace
                    })
                else
                    see true request.TrainSeconds parameters
                    |> Result.map (fun second ->
                        let once = max 0. (beside first - beside second)
                        onceForData[data] <- once
                        withOnce once second))

/// Measures what it is asked for and answers on a writer, line by line.
let run (services: ProbeServices) (input: TextReader) (output: TextWriter) =
    let clock = Stopwatch.StartNew()

    let say answer =
        output.WriteLine(ProbeMessage.write<ProbeAnswer> answer)
        output.Flush()

    let line = input.ReadLine()

    match line |> Option.ofObj |> Option.bind ProbeMessage.tryRead<ProbeRequest> with
    | None -> invalidArg (nameof input) "the request of a probe cannot be read"
    | Some request ->
        inScratch (fun cache ->
            let measurer = Measurer(services, request, cache)

            let measure index (training: ProbeTraining) =
                let parameters = ParameterSet.FromJson training.Parameters

                let answer =
                    if training.Whole then
                        measurer.Cost(training.Data, parameters)
                        |> Result.map (fun cost -> ProbeAnswer.Measured(index, cost))
                    else
                        measurer.Pace parameters
                        |> Result.map (fun pace -> ProbeAnswer.Paced(index, pace))

                match answer with
                | Ok answer -> say answer
                | Error error -> say (ProbeAnswer.Failed(index, error))

            if request.Together then
                for training in List.truncate 1 request.Trainings do
                    measurer.Pace(ParameterSet.FromJson training.Parameters) |> ignore

                say ProbeAnswer.Ready
                input.ReadLine() |> ignore

            request.Trainings
            |> List.indexed
            |> List.takeWhile (fun (index, training) ->
                let isInTime = index = 0 || clock.Elapsed.TotalSeconds < request.CapSeconds

                if isInTime then
                    measure index training

                isInTime)
            |> ignore)

/// Watches a training of one epoch by two clocks, and tells its parts' times apart.
module Orchestrator.Experiments.Launch.TrainingWatch

open System.Diagnostics
open Orchestrator.Core.Contracts

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
type Moment = { Wall: float; Processor: float }

/// Ends a training of which no more is to be seen.
exception SeenEnoughException

/// The observer of a training that is seen to its end, or only until it was validated.
type Watch(whole: bool) =
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

    let endAfterTraining () =
        if not whole then
            raise SeenEnoughException

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

    /// This moment.
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
                endAfterTraining ()
            | _ -> ()

        member _.EpochCompleted(_, _) =
            epochEnded <- first epochEnded
            endAfterTraining ()
            TrialDecision.Continue

        member _.Resumed(_, _, _) = ()
        member _.Log _ = ()

namespace Orchestrator.Experiments.Launch

open System
open Orchestrator.Experiments.Store

/// What one worker is at.
type WorkerLine = {
    Worker: string
    /// None while it has no trial.
    Trial: string option
    Stage: string
    Epoch: int
    Budget: int
    Batch: int
    Batches: int
    Loss: float option
}

/// Where a sweep stands, for people who watch.
type SweepProgress = {
    Counts: StateCounts
    Epochs: int
    EpochsDone: int
    Remaining: TimeSpan option
    Workers: WorkerLine list
}

/// Shows people how a sweep goes on.
type IProgressView =
    /// The state of things; called often.
    abstract Show: SweepProgress -> unit
    /// Something happened: a line that stays.
    abstract Say: string -> unit

module SweepProgress =
    /// The time left at the pace of the epochs since the start, or None before there is a pace.
    let remaining (elapsed: TimeSpan) (doneAtStart: int) (finished: int) (all: int) =
        let trained = finished - doneAtStart

        if trained <= 0 then
            None
        else
            Some(elapsed * (float (all - finished) / float trained))

    /// A duration for people: 42 s, 3 min 10 s, 2 h 5 min.
    let duration (span: TimeSpan) =
        if span.TotalMinutes < 1. then
            $"{int (ceil span.TotalSeconds)} s"
        elif span.TotalHours < 1. then
            $"{int span.TotalMinutes} min {span.Seconds} s"
        else
            $"{int span.TotalHours} h {span.Minutes} min"

    /// One sentence about all of it.
    let sentence (progress: SweepProgress) =
        let counts = progress.Counts

        let failed =
            if counts.Failed > 0 then
                $", {counts.Failed} failed"
            else
                ""

        let left =
            match progress.Remaining with
            | Some span -> $", about {duration span} left"
            | None -> ""

        $"{counts.Settled} of {counts.Planned} trials done{failed}, {progress.EpochsDone} of {progress.Epochs} epochs{left}"

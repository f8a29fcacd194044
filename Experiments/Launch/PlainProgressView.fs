namespace Orchestrator.Experiments.Launch

open System
open System.IO

/// Plain lines, for logs and pipes: what happens as it happens, and where things stand every few seconds.
type PlainProgressView(output: TextWriter, every: TimeSpan, clock: TimeProvider) =
    let mutable shownAt = clock.GetTimestamp()
    let mutable shown = ""

    interface IProgressView with
        member _.Say line =
            output.WriteLine line
            output.Flush()

        member this.Show progress =
            if clock.GetElapsedTime shownAt >= every then
                shownAt <- clock.GetTimestamp()
                let sentence = SweepProgress.sentence progress

                if sentence <> shown then
                    shown <- sentence
                    (this :> IProgressView).Say sentence

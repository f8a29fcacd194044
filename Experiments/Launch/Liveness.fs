namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic

/// How long silence is taken for work.
type Liveness = {
    /// The deadline of a stage whose pace is not known yet.
    First: TimeSpan
    /// No deadline is shorter.
    Least: TimeSpan
    /// A deadline is this many times the longest silence seen.
    Factor: float
    /// How often the coordinator looks.
    Tick: TimeSpan
    /// How often an idle worker asks for a trial.
    Poll: TimeSpan
    /// How long a worker without a trial may take to leave when told to.
    Leave: TimeSpan
    /// How long a worker may keep others from writing to the results database.
    Hold: TimeSpan
} with

    /// After this long people are told who keeps the results database.
    member this.QuietWait = this.Hold / 3.

    /// Whether to wait on for a results database that another process has kept for so long: who is to stop gives up soon.
    member this.WaitsOn(isToStop: bool, held: TimeSpan) = not isToStop || held <= this.Hold / 6.

module Liveness =
    let standard = {
        First = TimeSpan.FromMinutes 10.
        Least = TimeSpan.FromMinutes 1.
        Factor = 10.
        Tick = TimeSpan.FromMilliseconds 500.
        Poll = TimeSpan.FromMilliseconds 250.
        Leave = TimeSpan.FromSeconds 30.
        Hold = TimeSpan.FromSeconds 30.
    }

/// Learns from a trial's own signs of life how long it may be silent.
type ProgressDeadline(liveness: Liveness, clock: TimeProvider) =
    let longest = Dictionary<string, TimeSpan>()
    let mutable last = clock.GetTimestamp()
    let mutable stage = ""

    /// Begins anew after a wait that was not the trial's: nothing is learned from it.
    member _.Restart() = last <- clock.GetTimestamp()

    /// A sign of life: the lease that it earns.
    member _.Sign(now: string) =
        let silence = clock.GetElapsedTime last
        last <- clock.GetTimestamp()

        if now = stage then
            match longest.TryGetValue stage with
            | true, known when known >= silence -> ()
            | _ -> longest[stage] <- silence

        stage <- now

        match longest.TryGetValue stage with
        | true, _ -> max liveness.Least (liveness.Factor * Seq.max longest.Values)
        | _ -> liveness.First

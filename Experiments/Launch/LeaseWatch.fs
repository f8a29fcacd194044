namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic
open Orchestrator.Experiments.Store

/// What was seen of an attempt since its last sign.
type private Watched = {
    Sign: DateTimeOffset
    Silence: TimeSpan
    LookedAt: int64
    Use: ProcessorUse option
}

/// Tells how long attempts have been silent, by a clock that nobody sets: what a store's times say of each other is how
/// long a lease is, and whether there was a sign since; when it runs out is measured here, from the moment it was seen.
/// While a worker's process waits for a core that other programs have, it is not silent but slow.
type LeaseWatch(clock: TimeProvider, processorUse: RunningAttempt -> ProcessorUse option) =
    let watched = Dictionary<int64, Watched>()

    let lease (attempt: RunningAttempt) =
        attempt.LeaseExpiresAt - attempt.ProgressedAt

    let waitedForCore (before: ProcessorUse option) (now: ProcessorUse option) (passed: TimeSpan) =
        match before, now with
        | Some before, Some now when now.IsRunnable -> max TimeSpan.Zero (passed - (now.Used - before.Used))
        | _ -> TimeSpan.Zero

    // Who looked away for long, for want of a core itself, has not seen that nothing happened.
    let unseen attempt (passed: TimeSpan) = min passed (lease attempt / 2.)

    let look (attempt: RunningAttempt) =
        let now = clock.GetTimestamp()
        let used = processorUse attempt

        match watched.TryGetValue attempt.Token with
        | true, before when before.Sign = attempt.ProgressedAt ->
            let passed = clock.GetElapsedTime(before.LookedAt, now)
            let silent = passed - waitedForCore before.Use used passed

            watched[attempt.Token] <- {
                before with
                    Silence = before.Silence + unseen attempt silent
                    LookedAt = now
                    Use = used
            }
        | _ ->
            watched[attempt.Token] <- {
                Sign = attempt.ProgressedAt
                Silence = TimeSpan.Zero
                LookedAt = now
                Use = used
            }

    /// Looks at the attempts under way; forgets all others.
    member _.Look(running: RunningAttempt list) =
        List.iter look running
        let present = running |> List.map _.Token |> HashSet

        for gone in watched.Keys |> Seq.filter (present.Contains >> not) |> List.ofSeq do
            watched.Remove gone |> ignore

    /// How long the attempt was seen to give no sign.
    member _.Silence(attempt: RunningAttempt) =
        match watched.TryGetValue attempt.Token with
        | true, seen -> seen.Silence
        | _ -> TimeSpan.Zero

    /// True when the attempt was silent for longer than its lease.
    member this.IsOverdue(attempt: RunningAttempt) = this.Silence attempt > lease attempt

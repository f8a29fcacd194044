namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic
open Orchestrator.Experiments.Store

/// Tells how long attempts have been silent, by a clock that nobody sets: what a store's times say of each other is how
/// long a lease is, and whether there was a sign since; when it runs out is measured here, from the moment it was seen.
type LeaseWatch(clock: TimeProvider) =
    let seen = Dictionary<int64, struct (DateTimeOffset * int64)>()

    /// Looks at the attempts under way; forgets all others.
    member _.Look(running: RunningAttempt list) =
        for attempt in running do
            match seen.TryGetValue attempt.Token with
            | true, struct (sign, _) when sign = attempt.ProgressedAt -> ()
            | _ -> seen[attempt.Token] <- struct (attempt.ProgressedAt, clock.GetTimestamp())

        let present = running |> List.map _.Token |> HashSet

        for gone in seen.Keys |> Seq.filter (present.Contains >> not) |> List.ofSeq do
            seen.Remove gone |> ignore

    /// How long the attempt has given no sign since it was first looked at.
    member _.Silence(attempt: RunningAttempt) =
        match seen.TryGetValue attempt.Token with
        | true, struct (_, since) -> clock.GetElapsedTime since
        | _ -> TimeSpan.Zero

    /// True when the attempt was silent for longer than its lease.
    member this.IsOverdue(attempt: RunningAttempt) =
        this.Silence attempt > attempt.LeaseExpiresAt - attempt.ProgressedAt

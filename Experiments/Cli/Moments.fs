namespace Orchestrator.Experiments.Cli

open System
open System.Globalization

/// Times and durations as people say them.
[<RequireQualifiedAccess>]
module Moments =

    /// How long ago something was: just now, 5 minutes ago, 3 days ago.
    let ago (now: DateTimeOffset) (moment: DateTimeOffset) =
        let counted count noun =
            if count = 1 then
                $"1 {noun} ago"
            else
                $"{count} {noun}s ago"

        match now - moment with
        | passed when passed.TotalMinutes < 1.0 -> "just now"
        | passed when passed.TotalHours < 1.0 -> counted (int passed.TotalMinutes) "minute"
        | passed when passed.TotalDays < 1.0 -> counted (int passed.TotalHours) "hour"
        | passed -> counted (int passed.TotalDays) "day"

    /// A moment in Coordinated Universal Time, to the second.
    let utc (moment: DateTimeOffset) =
        moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)

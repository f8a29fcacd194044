/// Where things lie in a results folder.
module Orchestrator.Experiments.Launch.ResultsFolder

open System
open System.IO

let sweep (results: string) (name: string) = Path.Combine(results, name)

let logs results name =
    Path.Combine(sweep results name, "logs")

let report results name (file: string) = Path.Combine(sweep results name, file)

/// What trials of the same data share and can be made again, such as the classifier that judges generated images.
let cache (results: string) = Path.Combine(results, "cache")

/// The log of a trial; its attempts follow each other in it.
let trialLog results name (trialId: string) =
    Path.Combine(logs results name, $"trial-{trialId.Substring(0, 12)}.log")

/// The log of one call of `run`.
let sweepLog results name (startedAt: DateTimeOffset) =
    let stamp =
        startedAt.ToString("yyyyMMdd-HHmmss", Globalization.CultureInfo.InvariantCulture)

    Path.Combine(logs results name, $"sweep-{stamp}-{Environment.ProcessId}.log")

/// A path out of the store, on this machine.
let file (results: string) (relative: string) =
    Path.Combine(results, relative.Replace('/', Path.DirectorySeparatorChar))

namespace Orchestrator.Experiments.Plan

/// How many threads each worker of a sweep gets where that is left open. A thread more or less changes the last bits of a
/// trial's results, so it must be worth it, and a sweep that was begun keeps what it has.
[<RequireQualifiedAccess>]
module ThreadChoice =

    // Less than this is no reason for other bits: a measurement varies by some percent.
    let private worthwhile = 1.2

    /// What the cores allow beside one thread for each worker: with fewer trials than cores, all the cores that each trial
    /// finds; else 1.
    let alternative (cores: int) (trials: int) =
        if trials < 1 then 1 else max 1 (cores / trials)

    /// So many threads where they were measured to make the slowest trial so much faster, else one.
    let choose (alternative: int) (speedup: float option) =
        match speedup with
        | Some factor when alternative > 1 && factor >= worthwhile -> alternative
        | _ -> 1

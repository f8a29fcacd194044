/// Where a sweep's pending trials begin: with ten thousand trials behind it, a claim must not look through them all.
module internal Orchestrator.Experiments.Store.PendingOrder

open System.Data.Common

/// The trial at this position was taken, and none before it is pending.
let passed (connection: DbConnection) (sweep: string) (position: int) =
    Sql.run connection "UPDATE sweeps SET first_pending = @next WHERE name = @sweep" [
        "next", box (position + 1)
        "sweep", box sweep
    ]
    |> ignore

/// A trial became pending again, in whatever sweeps hold it: the next claim of each looks from the beginning.
let forget (connection: DbConnection) =
    Sql.run connection "UPDATE sweeps SET first_pending = 0 WHERE first_pending > 0" []
    |> ignore

/// What a pruner compares: the objective of a sweep's trials after an epoch.
module internal Orchestrator.Experiments.Store.RungFigures

open System.Data.Common
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// A sweep with a pruner.
type PrunedSweep = {
    Name: string
    Pruner: Pruner
    Metric: string
    Direction: MetricDirection
}

/// A trial's figure after an epoch.
type RungFigure = {
    TrialId: string
    State: TrialState
    Position: int
    Value: float
}

let sweep connection (name: string) : PrunedSweep option =
    Sql.tryRow
        connection
        "SELECT pruner, metric, direction FROM sweeps WHERE name = @sweep"
        [ "sweep", box name ]
        (fun row -> {
            Name = name
            Pruner = PrunerText.read (Sql.text "pruner" row)
            Metric = Sql.text "metric" row
            Direction = Words.parseDirection (Sql.text "direction" row)
        })

/// The figures after an epoch of all trials of one budget that came that far and did not fail. An epoch that several
/// attempts trained has one figure: a training that is taken up again repeats it bit by bit.
let at (connection: DbConnection) (sweep: PrunedSweep) (budget: int) (epoch: int) : RungFigure list =
    Sql.rows
        connection
        """SELECT t.id, t.state, l.position, m.value
           FROM sweep_trials l CROSS JOIN trials t CROSS JOIN attempts a CROSS JOIN metrics m
           WHERE l.sweep = @sweep AND l.orphaned = 0 AND l.budget = @budget AND t.id = l.trial_id
             AND t.state <> 'failed' AND a.trial_id = t.id
             AND m.token = a.token AND m.name = @metric AND m.epoch = @epoch
           ORDER BY l.position, a.token"""
        [
            "sweep", box sweep.Name
            "budget", box budget
            "metric", box sweep.Metric
            "epoch", box epoch
        ]
        (fun row -> {
            TrialId = Sql.text "id" row
            State = Words.parseState (Sql.text "state" row)
            Position = Sql.int "position" row
            Value = Sql.real "value" row
        })
    |> List.groupBy _.TrialId
    |> List.map (snd >> List.last)

/// A trial's best figure up to an epoch.
let bestUntil (connection: DbConnection) (sweep: PrunedSweep) (trial: string) (epoch: int) : float option =
    let best =
        if sweep.Direction = MetricDirection.Minimize then
            "MIN"
        else
            "MAX"

    Sql.tryRow
        connection
        $"""SELECT {best}(m.value) AS best FROM attempts a JOIN metrics m ON m.token = a.token
            WHERE a.trial_id = @trial AND m.name = @metric AND m.epoch <= @epoch"""
        [ "trial", box trial; "metric", box sweep.Metric; "epoch", box epoch ]
        (Sql.optional Sql.real "best")
    |> Option.flatten

/// Trials of a sweep that may still come to a rung, by budget.
let alive (connection: DbConnection) (sweep: string) : Map<int, int> =
    Sql.rows
        connection
        """SELECT l.budget, COUNT(*) AS n FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
           WHERE l.sweep = @sweep AND l.orphaned = 0 AND t.state <> 'failed' GROUP BY l.budget"""
        [ "sweep", box sweep ]
        (fun row -> Sql.int "budget" row, Sql.int "n" row)
    |> Map.ofList

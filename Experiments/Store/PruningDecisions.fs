/// Decides which trials are hopeless, and which were not after all: each decision is a row with the figures that it was
/// taken on, written with the figures of its epoch.
module internal Orchestrator.Experiments.Store.PruningDecisions

open System.Data.Common
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Store.RungFigures

let private verdictOf connection (sweep: PrunedSweep) (budget: int) (trial: string) (epoch: int) =
    let figures = RungFigures.at connection sweep budget epoch

    match sweep.Pruner with
    | Pruner.Off -> None
    | Pruner.Median(_, atLeast, _) ->
        let others =
            figures
            |> List.filter (fun figure -> figure.TrialId <> trial)
            |> List.map _.Value

        RungFigures.bestUntil connection sweep trial epoch
        |> Option.map (fun best -> PruningRule.median sweep.Direction atLeast best others)
    | Pruner.SuccessiveHalving(reduction, minimum) ->
        if figures |> List.exists (fun figure -> figure.TrialId = trial) then
            let alive = RungFigures.alive connection sweep.Name |> Map.find budget
            let places = PruningRule.places reduction (alive / (epoch / minimum)) figures.Length

            figures
            |> List.map (fun figure -> figure.TrialId, figure.Position, figure.Value)
            |> PruningRule.halving sweep.Direction places trial
            |> Some
        else
            None

let private select =
    "SELECT verdict, reason, epoch FROM pruning_decisions WHERE sweep = @sweep AND trial_id = @trial"

let private names sweep trial = [ "sweep", box (sweep: string); "trial", box (trial: string) ]

/// The decision that keeps a trial stopped, with its epoch and reason.
let standing connection sweep trial : (int * string) option =
    Sql.tryRow connection $"{select} AND verdict = 'stop' ORDER BY epoch DESC LIMIT 1" (names sweep trial) (fun row ->
        Sql.int "epoch" row, Sql.text "reason" row)

let private decided connection sweep trial (epoch: int) =
    Sql.tryRow connection $"{select} AND epoch = @epoch" (("epoch", box epoch) :: names sweep trial) (fun row ->
        Sql.text "verdict" row, Sql.optional Sql.text "reason" row)

let private write connection now (sweep: PrunedSweep) trial (epoch: int) (verdict: PruningVerdict) reason =
    Sql.run
        connection
        """INSERT INTO pruning_decisions (sweep, trial_id, epoch, verdict, value, bound, compared, rule, reason, decided_at)
           VALUES (@sweep, @trial, @epoch, @verdict, @value, @bound, @compared, @rule, @reason, @now)"""
        (names sweep.Name trial
         @ [
             "epoch", box epoch
             "verdict", box (if verdict.GoesOn then "go-on" else "stop")
             "value", box verdict.Value
             "bound", Sql.nullable verdict.Bound
             "compared", box verdict.Compared
             "rule", box (PrunerText.write sweep.Pruner)
             "reason", Sql.nullable reason
             "now", Sql.time now
         ])
    |> ignore

let private resume connection now trial =
    let resumed =
        Sql.run
            connection
            """UPDATE trials SET state = 'pending', error = NULL, retry_token = COALESCE(token, 0)
               WHERE id = @trial AND state = 'pruned'"""
            [ "trial", box (trial: string) ]

    Sql.run
        connection
        """UPDATE pruning_decisions SET verdict = 'resumed', resumed_at = @now
           WHERE trial_id = @trial AND verdict = 'stop'"""
        [ "now", Sql.time now; "trial", box trial ]
    |> ignore

    if resumed > 0 then
        PendingOrder.forget connection

// A trial that another sweep wants to its end is not this one's to stop.
let private isWantedElsewhere connection sweep trial =
    Sql.rows
        connection
        """SELECT 1 FROM sweep_trials l JOIN sweeps s ON s.name = l.sweep
           WHERE l.trial_id = @trial AND l.sweep <> @sweep AND l.orphaned = 0 AND s.pruner = 'off' LIMIT 1"""
        (names sweep trial)
        ignore
    |> List.isEmpty
    |> not

/// Lets trials go on that have moved up among the best of their rung since they were stopped, or that others made room for.
let review connection now (name: string) =
    match RungFigures.sweep connection name with
    | Some({
               Pruner = Pruner.SuccessiveHalving(reduction, minimum)
           } as sweep) ->
        for budget, alive in RungFigures.alive connection name |> Map.toList do
            for rung in Rungs.below budget reduction minimum do
                let figures = RungFigures.at connection sweep budget rung

                let places = PruningRule.places reduction (alive / (rung / minimum)) figures.Length

                let states =
                    figures |> List.map (fun figure -> figure.TrialId, figure.State) |> Map.ofList

                let best =
                    figures
                    |> List.map (fun figure -> figure.TrialId, figure.Position, figure.Value)
                    |> PruningRule.ranked sweep.Direction
                    |> List.truncate places

                for trial, _, _ in best do
                    if states[trial] = TrialState.Pruned then
                        match standing connection name trial with
                        | Some(epoch, _) when epoch = rung -> resume connection now trial
                        | _ -> ()
    | _ -> ()

let private situation connection (token: int64) =
    Sql.tryRow
        connection
        """SELECT a.sweep, a.trial_id, l.budget
           FROM attempts a JOIN sweeps s ON s.name = a.sweep
           JOIN sweep_trials l ON l.sweep = a.sweep AND l.trial_id = a.trial_id
           WHERE a.token = @token AND s.pruner <> 'off' AND l.orphaned = 0"""
        [ "token", box token ]
        (fun row -> Sql.text "sweep" row, Sql.text "trial_id" row, Sql.int "budget" row)

let private decide connection now (sweep: PrunedSweep) budget trial epoch =
    match verdictOf connection sweep budget trial epoch with
    | None -> None
    | Some verdict ->
        let reason =
            if verdict.GoesOn then
                None
            else
                Some(PruningRule.explain sweep.Pruner sweep.Metric epoch verdict)

        write connection now sweep trial epoch verdict reason
        review connection now sweep.Name
        reason

/// Why the trial of an attempt is to stop after an epoch whose figures have just been written; None where it goes on.
/// What was decided once stands when the epoch is trained again.
let afterEpoch connection now token epoch : string option =
    match situation connection token with
    | None -> None
    | Some(name, trial, budget) ->
        match decided connection name trial epoch, RungFigures.sweep connection name with
        | Some("stop", reason), _ -> reason
        | Some _, _
        | None, None -> None
        | None, Some sweep ->
            if
                PruningRule.isDue sweep.Pruner budget epoch
                && not (isWantedElsewhere connection name trial)
            then
                decide connection now sweep budget trial epoch
            else
                None

let private pruned connection (sweep: string) =
    Sql.rows
        connection
        """SELECT t.id, l.budget FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
           WHERE l.sweep = @sweep AND l.orphaned = 0 AND t.state = 'pruned' ORDER BY l.position"""
        [ "sweep", box sweep ]
        (fun row -> Sql.text "id" row, Sql.int "budget" row)

/// Lets trials go on that the sweep's pruner, as it is now, would not have stopped: all of them where it is off. A larger
/// budget changes nothing about what was seen after an epoch.
let reconsider connection now (name: string) (isChanged: bool) =
    match RungFigures.sweep connection name with
    | None -> ()
    | Some sweep ->
        for trial, budget in pruned connection name do
            let stays =
                match standing connection name trial with
                | _ when sweep.Pruner = Pruner.Off -> false
                | None -> false
                | Some _ when not isChanged -> true
                | Some(epoch, _) ->
                    PruningRule.isDue sweep.Pruner budget epoch
                    && verdictOf connection sweep budget trial epoch
                       |> Option.exists (fun verdict -> not verdict.GoesOn)

            if not stays then
                resume connection now trial

        review connection now name

/// Every decision of a sweep, in the order in which they were taken.
let all (sweep: string) (connection: DbConnection) : PruningDecision list =
    Sql.rows
        connection
        """SELECT trial_id, epoch, verdict, value, bound, compared, reason, decided_at
           FROM pruning_decisions WHERE sweep = @sweep ORDER BY decided_at, trial_id, epoch"""
        [ "sweep", box sweep ]
        (fun row -> {
            TrialId = Sql.text "trial_id" row
            Epoch = Sql.int "epoch" row
            Verdict = Sql.text "verdict" row
            Value = Sql.real "value" row
            Bound = Sql.optional Sql.real "bound" row
            Compared = Sql.int "compared" row
            Reason = Sql.optional Sql.text "reason" row
            DecidedAt = Sql.instant "decided_at" row
        })

/// Trials that a sampler proposes as results arrive: what it learns from, and the planned rows that it makes.
module internal Orchestrator.Experiments.Store.ProposalWrites

open System.Data.Common
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Search

/// The sweep's trials in the plan's order, each with its objective where it was read last: at its budget, or where
/// it stopped.
let figures (sweep: string) (connection: DbConnection) : TrialFigure list =
    Sql.rows
        connection
        """SELECT t.id, t.configuration_id, t.parameters, t.state, a.outcome, m.value,
                  CASE WHEN t.state = 'completed' AND t.stopped_early = 0 THEN l.budget ELSE t.epochs_done END AS epoch
           FROM sweep_trials l JOIN sweeps s ON s.name = l.sweep JOIN trials t ON t.id = l.trial_id
           LEFT JOIN attempts a ON a.token = t.token
           LEFT JOIN metrics m ON m.token = COALESCE(t.effective_token, t.token) AND m.name = s.metric AND m.epoch =
               CASE WHEN t.state = 'completed' AND t.stopped_early = 0 THEN l.budget ELSE t.epochs_done END
           WHERE l.sweep = @sweep AND l.orphaned = 0 ORDER BY l.position"""
        [ "sweep", box sweep ]
        (fun row ->
            let state = Words.parseState (Sql.text "state" row)

            {
                TrialId = Sql.text "id" row
                ConfigurationId = Sql.text "configuration_id" row
                Parameters = Orchestrator.Core.Contracts.ParameterSet.FromJson(Sql.text "parameters" row)
                State = state
                IsDiverged =
                    state = TrialState.Failed
                    && Sql.optional Sql.text "outcome" row = Some "diverged"
                Epoch = Sql.int "epoch" row
                Value = Sql.optional Sql.real "value" row
            })

let private planned connection (sweep: string) =
    Sql.rows
        connection
        "SELECT COUNT(*) AS n, COALESCE(MAX(position), -1) AS last FROM sweep_trials WHERE sweep = @sweep AND orphaned = 0"
        [ "sweep", box sweep ]
        (fun row -> Sql.int "n" row, Sql.int "last" row)
    |> List.head

/// Trials that the sweep's sampler has still to propose.
let toCome (sweep: string) (connection: DbConnection) : int =
    let awaited =
        Sql.rows
            connection
            "SELECT proposals FROM sweeps WHERE name = @sweep"
            [ "sweep", box sweep ]
            (Sql.int "proposals")
        |> List.tryHead
        |> Option.defaultValue 0

    max 0 (awaited - fst (planned connection sweep))

let private writeProposal connection now (sweep: string) (trials: PlannedTrial list) (proposal: Proposal) =
    for configuration in trials |> List.map _.ConfigurationId |> List.distinct do
        Sql.run
            connection
            """INSERT INTO proposals (sweep, number, configuration_id, known, good, waiting, score, results, made_at)
               VALUES (@sweep, @number, @configuration, @known, @good, @waiting, @score, @results, @now)
               ON CONFLICT (sweep, configuration_id) DO NOTHING"""
            [
                "sweep", box sweep
                "number", box proposal.Number
                "configuration", box configuration
                "known", box proposal.Known
                "good", box proposal.Good
                "waiting", box proposal.Waiting
                "score", Sql.nullable proposal.Score
                "results", box proposal.Digest
                "now", Sql.time now
            ]
        |> ignore

/// Plans the proposed trials, while the sweep still has as many as the proposals were made on; with none, nothing more
/// is awaited. Answers whether it did.
let propose
    now
    (sweep: string)
    (known: int)
    (proposals: (Proposal * PlannedTrial list) list)
    (connection: DbConnection)
    =
    let count, last = planned connection sweep

    if count <> known then
        false
    else
        if proposals.IsEmpty then
            Sql.run connection "UPDATE sweeps SET proposals = @count WHERE name = @sweep" [
                "sweep", box sweep
                "count", box count
            ]
            |> ignore
        else
            PlanWriter.append connection sweep (last + 1) (proposals |> List.collect snd)

            for proposal, trials in proposals do
                writeProposal connection now sweep trials proposal

        true

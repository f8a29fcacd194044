/// Contradictions between trials and attempts that the store can set right by itself.
module internal Orchestrator.Experiments.Store.Repairs

open System.Data.Common

let private ofSweep =
    "id IN (SELECT trial_id FROM sweep_trials WHERE sweep = @sweep)"

/// A sentence, the condition on a trial, and the change that mends it.
let private contradictions = [
    "marked running without an attempt under way; made pending",
    "state = 'running' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.trial_id = trials.id AND a.outcome IS NULL)",
    "state = 'pending'"

    "marked pruned without a decision that stands; made pending",
    "state = 'pruned' AND NOT EXISTS
        (SELECT 1 FROM pruning_decisions d WHERE d.trial_id = trials.id AND d.verdict = 'stop')",
    "state = 'pending'"

    "marked completed without an attempt that completed; made pending",
    "state = 'completed' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.trial_id = trials.id AND a.outcome = 'completed')",
    "state = 'pending', effective_token = NULL"

    "completed, but its effective attempt was not marked; marked the last one that completed",
    "state = 'completed' AND NOT EXISTS
        (SELECT 1 FROM attempts a WHERE a.token = trials.effective_token AND a.outcome = 'completed')",
    "effective_token = (SELECT MAX(a.token) FROM attempts a WHERE a.trial_id = trials.id AND a.outcome = 'completed')"
]

/// Mends what contradicts; answers a sentence per trial.
let repair (sweep: string) (connection: DbConnection) =
    PendingOrder.forget connection

    contradictions
    |> List.collect (fun (sentence, condition, change) ->
        Sql.rows
            connection
            $"UPDATE trials SET {change} WHERE {ofSweep} AND {condition} RETURNING id"
            [ "sweep", box sweep ]
            (fun row ->
                let id = Sql.text "id" row
                $"trial {id.Substring(0, 12)}: {sentence}"))

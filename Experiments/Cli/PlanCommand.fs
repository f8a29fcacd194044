/// `orchestrator plan`: shows what a manifest asks for, what is done and what is left.
module Orchestrator.Experiments.Cli.PlanCommand

open System
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Search
open Spectre.Console

/// What the command line asks for.
type PlanOptions = {
    Manifest: string
    Results: string
    Data: string option
    /// Measures nothing: the estimate comes from what is known.
    NoProbe: bool
    Json: bool
}

/// What the store knows: the trials of a sweep, and those of all others.
type Recorded = {
    Own: TrialRecord list
    Others: TrialRecord list
    /// Seconds of an epoch of configurations that this machine trained on one thread of its processor.
    Pace: Map<string, float>
}

/// What other stages supply.
type PlanServices = {
    /// The plan of a manifest, with the manifest's text.
    Plan: string -> Result<Plan * string, Refusal>
    /// By which what a sampler proposed earlier is known again.
    Rules: Rules
    /// The trials of a results folder, seen from a sweep; nothing where there is no database yet.
    Recorded: string -> string -> Result<Recorded, Problem list>
    Staffing: Staffing.StaffingServices
}

let private standings (found: Reconciliation) = [
    "new", found.New
    "unfinished", found.Unfinished
    "more epochs", found.Reopened
    "failed", found.Failed
    "done", found.Kept
]

// The longest table that people read; the machine form has every trial.
let private shown = 60

let private headline (plan: Plan) =
    let configurations = plan.Trials |> List.distinctBy _.ConfigurationId |> List.length
    let trials = Numerals.counted plan.Trials.Length "trial"

    let epochs =
        plan.Trials |> List.sumBy (fun trial -> bigint (List.last trial.Epochs))

    let seeds = Numerals.counted plan.Sweep.Seeds.Length "seed"

    $"""{Numerals.counted configurations "configuration"} × {seeds} = {trials}, {Numerals.count epochs} epochs in all"""

let private configurationTable (console: IAnsiConsole) (plan: Plan) (found: Reconciliation) =
    let names =
        plan.Trials
        |> Seq.collect (fun trial -> trial.Varied.Names)
        |> Seq.distinct
        |> List.ofSeq

    let standing =
        standings found
        |> List.collect (fun (name, trials) -> trials |> List.map (fun trial -> trial.Id, name))
        |> Map.ofList

    let groups = plan.Trials |> List.groupBy _.ConfigurationId

    let table = Table()
    table.Border <- TableBorder.Simple

    for name in names @ [ "epochs"; "trials" ] |> List.distinct do
        table.AddColumn(TableColumn(Markup.Escape name, NoWrap = true)) |> ignore<Table>

    let state trials =
        trials
        |> List.countBy (fun (trial: PlannedTrial) -> standing[trial.Id])
        |> List.map (fun (name, count) -> $"{count} {name}")
        |> String.concat ", "

    for _, trials in List.truncate shown groups do
        let first = List.head trials

        let cell name =
            Option.ofObj (first.Varied.Find name)
            |> Option.map Numerals.parameter
            |> Option.defaultValue "-"

        let epochs =
            if List.contains "epochs" names then
                []
            else
                [ first.Epochs |> List.map string |> String.concat ", " ]

        let cells = (names |> List.map cell) @ epochs @ [ state trials ]
        table.AddRow(cells |> List.map Markup.Escape |> Array.ofList) |> ignore<Table>

    console.Write table

    if groups.Length > shown then
        console.WriteLine $"... and {groups.Length - shown} more configurations; --json prints them all"

/// What the rest of a plan takes, for each number of workers.
type private Price = {
    Prices: Pricing.Prices
    /// None where nothing is known of the trials' costs.
    Estimates: (Estimate list * int64) option
}

// Long enough for a handful of models, and measured once: the next plan of such models shows it at once.
let private measureFor = 20.

let private isUpperBound (plan: Plan) =
    Estimate.isUpperBound plan.Sweep.Pruner plan.Trials

let private priceOf
    (services: PlanServices)
    (options: PlanOptions)
    (plan: Plan)
    (recorded: Recorded)
    (found: Reconciliation)
    =
    let epochs =
        recorded.Others @ recorded.Own
        |> List.map (fun record -> record.Id, record.EpochsDone)
        |> Map.ofList

    let threads =
        match plan.Sweep.Resources.Threads with
        | Amount.Exactly threads -> threads
        | Amount.Auto -> 1

    let most = Staffing.most threads

    let request: Staffing.StaffingRequest = {
        Workers = None
        Threads = Some threads
        Device = plan.Sweep.Resources.Device
        Data = options.Data
        Left =
            found.ToDo
            |> List.map (fun trial -> trial, Map.tryFind trial.Id epochs |> Option.defaultValue 0)
        ToCome = plan.ToPropose, plan.Trials
        IsUpperBound = isUpperBound plan
        Pace = recorded.Pace
        MayMeasure = not options.NoProbe
    }

    Staffing.prices services.Staffing (eprintfn "%s") request measureFor most
    |> Result.map (fun (_, _, prices, priced) -> {
        Prices = prices
        Estimates =
            priced
            |> Option.map (fun trials ->
                EstimateText.workerCounts most
                |> List.map (Estimate.withWorkers prices.Calibration trials),
                Estimate.diskBytes trials)
    })

let private printPrice (console: IAnsiConsole) plan (price: Result<Price, Problem list>) =
    match price with
    | Error problems ->
        for problem in problems do
            console.WriteLine $"no estimate: {problem}"
    | Ok price ->
        for problem in price.Prices.Problems do
            console.WriteLine problem

        match price.Estimates with
        | Some(estimates, disk) ->
            for line in EstimateText.plan price.Prices (isUpperBound plan) estimates disk do
                console.WriteLine line
        | None -> console.WriteLine "no estimate: nothing is known of what these trials cost here"

let private printText (console: IAnsiConsole) (plan: Plan) (found: Reconciliation) price =
    console.MarkupLine $"[bold]{Markup.Escape plan.Sweep.Name}[/]: {headline plan}"
    configurationTable console plan found

    let counts =
        standings found
        |> List.filter (fun (_, trials) -> not trials.IsEmpty)
        |> List.map (fun (name, trials) -> $"{trials.Length} {name}")

    let left (trials: TrialRecord list) reason =
        if trials.IsEmpty then
            []
        else
            [ $"{trials.Length} {reason}" ]

    let kept =
        left found.Stale "stale (trained of other data or for another total of epochs; kept)"
        @ left found.Orphaned "orphaned (in the store and no longer asked for; kept)"

    console.WriteLine $"""trials: {String.Join(", ", counts @ kept)}"""

    for note in plan.Notes do
        console.WriteLine note

    if plan.ToPropose > 0 then
        console.WriteLine
            $"""{Numerals.counted plan.ToPropose "trial"} more will be proposed as results arrive; each is thought to take what those above take on average"""

    if found.ToDo.IsEmpty && plan.ToPropose = 0 then
        console.WriteLine "nothing is left to train"
    else
        printPrice console plan price

let private jsonOf (set: ParameterSet) =
    use document = JsonDocument.Parse(set.ToJson())
    document.RootElement.Clone()

let private priceJson plan (price: Result<Price, Problem list>) =
    let problems, source, estimates =
        match price with
        | Error problems -> List.map string problems, "", None
        | Ok price -> price.Prices.Problems, price.Prices.Source, price.Estimates

    {|
        Source = estimates |> Option.map (fun _ -> source) |> Option.toObj
        UpperBound = isUpperBound plan
        DiskBytes = estimates |> Option.map snd |> Option.toNullable
        Workers = [
            for estimate in estimates |> Option.map fst |> Option.defaultValue [] ->
                {|
                    Workers = estimate.Workers
                    Seconds = Math.Round(estimate.Seconds, 1)
                    MemoryBytes = estimate.MemoryBytes
                |}
        ]
        Problems = problems
    |}

let private printJson (plan: Plan) (found: Reconciliation) price =
    let trial state (trial: PlannedTrial) = {|
        Id = trial.Id
        Configuration = trial.ConfigurationId
        State = state
        Seed = trial.Seed
        Epochs = trial.Epochs
        Varied = jsonOf trial.Varied
        Parameters = jsonOf trial.Parameters
        Data = trial.DataFingerprint
    |}

    let standing =
        standings found
        |> List.collect (fun (name, trials) -> trials |> List.map (fun trial -> trial.Id, name))
        |> Map.ofList

    Json.print Console.Out {|
        Sweep = plan.Sweep.Name
        Objective = {|
            Metric = plan.Sweep.Objective.Metric
            Direction = (string plan.Sweep.Objective.Direction).ToLowerInvariant()
        |}
        Counts = {|
            New = found.New.Length
            Unfinished = found.Unfinished.Length
            MoreEpochs = found.Reopened.Length
            Failed = found.Failed.Length
            Done = found.Kept.Length
            Stale = found.Stale.Length
            Orphaned = found.Orphaned.Length
        |}
        ToPropose = plan.ToPropose
        Notes = plan.Notes
        Estimate = priceJson plan price
        Trials = plan.Trials |> List.map (fun planned -> trial standing[planned.Id] planned)
        Stale = found.Stale |> List.map _.Id
        Orphaned = found.Orphaned |> List.map _.Id
    |}

/// Runs the command and answers its exit code.
let run (console: IAnsiConsole) (services: PlanServices) (options: PlanOptions) : int =
    match services.Plan options.Manifest with
    | Error refusal -> ProblemLines.say Console.Error refusal.Text refusal.Problems
    | Ok(plan, _) ->
        match services.Recorded options.Results plan.Sweep.Name with
        | Error problems -> ProblemLines.print Console.Error problems
        | Ok recorded ->
            let plan = Continuation.ofPlan services.Rules plan recorded.Own
            let found = Reconcile.compare plan recorded.Own recorded.Others

            let price = priceOf services options plan recorded found

            if options.Json then
                printJson plan found price
            else
                printText console plan found price

            0

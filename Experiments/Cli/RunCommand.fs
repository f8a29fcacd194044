/// `orchestrator run`: trains what is left of a manifest and writes its report.
module Orchestrator.Experiments.Cli.RunCommand

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Store

/// What the command line asks for.
type RunOptions = {
    Manifest: string
    Results: string
    Data: string option
    Workers: int option
    Threads: int option
    Device: string option
    FailFast: bool
    /// Tries failed trials once more.
    RetryFailed: bool
}

/// What other stages supply.
type RunServices = {
    /// The plan of a manifest, with the manifest's text; the data folder is the user's.
    Plan: string -> string option -> Result<Plan * string, Refusal>
    /// The core's rules, by which a sampler that learns proposes; the data folder is the user's.
    Rules: string option -> Rules
    /// Makes sure that the data of a plan's trials is here, in a folder of the user's or found elsewhere.
    EnsureData: string option -> Plan -> Result<unit, Problem list>
    /// The device that a name such as auto stands for on this machine.
    ResolveDevice: string -> Result<string, Problem>
    /// Writes the report of a results folder's sweep and answers its path.
    WriteReport: string -> string -> Result<string, Problem list>
    Liveness: Liveness
}

let private printProblems (problems: Problem list) =
    for problem in problems do
        eprintfn "%O" problem

let private amount (given: int option) declared automatic =
    match given, declared with
    | Some count, _ -> count
    | None, Amount.Exactly count -> count
    | None, Amount.Auto -> automatic ()

let private checkCount name count =
    if count >= 1 && count <= 1024 then
        []
    else
        [
            Problem(name, $"{count} is not between 1 and 1024", "Give a count in that range, or leave it out.")
        ]

// The providers' operators run on one thread unless more are given, so trials side by side fill the cores.
let private coordinatorOptions services (options: RunOptions) (sweep: Sweep) =
    let threads = amount options.Threads sweep.Resources.Threads (fun () -> 1)

    let workers =
        amount options.Workers sweep.Resources.Workers (fun () -> max 1 (Environment.ProcessorCount / max 1 threads))

    match checkCount "--workers" workers @ checkCount "--threads" threads with
    | [] ->
        services.ResolveDevice(options.Device |> Option.defaultValue sweep.Resources.Device)
        |> Result.mapError List.singleton
        |> Result.map (fun device -> {
            Sweep = sweep.Name
            Results = Path.GetFullPath options.Results
            Data = options.Data
            Workers = workers
            Threads = threads
            Device = device
            FailFast = options.FailFast
            Propose = Proposer.none
        })
    | problems -> Error problems

let private describeSaved (saved: PlanSaved) =
    let part count text =
        if count > 0 then [ $"{count} {text}" ] else []

    part saved.Added "new"
    @ part saved.Kept "known"
    @ part saved.Reopened "with a larger budget"
    @ part saved.Orphaned "no longer asked for (kept)"
    |> String.concat ", "

let private report services (options: RunOptions) (sweep: Sweep) =
    match services.WriteReport options.Results sweep.Name with
    | Ok path ->
        printfn "report: %s" path
        true
    | Error problems ->
        printProblems problems
        false

let private sayPruned (counts: StateCounts) =
    if counts.Pruned > 0 then
        printfn "%d trials were pruned; they keep their figures and a checkpoint" counts.Pruned

let private exitCode (counts: StateCounts) reported =
    if counts.Failed > 0 then 3
    elif reported then 0
    else 1

let private sayFailures (counts: StateCounts) (sweep: Sweep) =
    if counts.Failed > 0 then
        printfn "%d trials failed; see: orchestrator status %s" counts.Failed sweep.Name

let private alreadyDone services (options: RunOptions) (sweep: Sweep) (counts: StateCounts) =
    printfn "%s: nothing to do, all %d trials are done (%d completed)" sweep.Name counts.Planned counts.Completed
    sayPruned counts
    sayFailures counts sweep
    let path = ResultsFolder.report options.Results sweep.Name sweep.ReportFile

    if File.Exists path then
        printfn "report: %s" path
        exitCode counts true
    else
        exitCode counts (report services options sweep)

let private finish services options (sweep: Sweep) (counts: StateCounts) ending =
    match ending with
    | CoordinatorEnd.Finished ->
        printfn "%s: %d of %d trials completed" sweep.Name counts.Completed counts.Planned
        sayPruned counts
        sayFailures counts sweep
        exitCode counts (report services options sweep)
    | CoordinatorEnd.FailedFast ->
        printfn "%s: stopped at the first failure, %d of %d trials done" sweep.Name counts.Settled counts.Planned
        sayFailures counts sweep
        report services options sweep |> ignore
        3
    | CoordinatorEnd.Interrupted ->
        printfn
            "%s: interrupted, %d of %d trials done; type the same command again to go on"
            sweep.Name
            counts.Settled
            counts.Planned

        130
    | CoordinatorEnd.Broken problems ->
        printProblems problems
        1

let private coordinate
    services
    (options: RunOptions)
    (store: ITrialStore)
    (coordinator: CoordinatorOptions)
    (sweep: Sweep)
    =
    use log =
        new LogFile(ResultsFolder.sweepLog coordinator.Results sweep.Name DateTimeOffset.UtcNow)

    printfn
        "%s: %d workers of %d threads on %s; log: %s"
        sweep.Name
        coordinator.Workers
        coordinator.Threads
        coordinator.Device
        log.Path

    let ending =
        ProgressViews.watch (fun view ->
            use running = new Coordinator(store, coordinator, services.Liveness, view, log)
            use _signals = StopSignals.handle running.Stop
            running.Run())

    finish services options sweep (store.Counts sweep.Name) ending

let private earlierProposals rules (store: ITrialStore) (plan: Plan) =
    if plan.ToPropose = 0 then
        plan
    else
        store.Results plan.Sweep.Name
        |> Option.map (fun results -> Continuation.ofPlan rules plan results.Trials)
        |> Option.defaultValue plan

let private runPlan services (options: RunOptions) (plan: Plan, manifest: string) =
    coordinatorOptions services options plan.Sweep
    |> Result.bind (fun coordinator ->
        TrialStore.openForWork coordinator.Results
        |> Result.bind (fun opened ->
            use store = opened
            let rules = services.Rules options.Data
            let plan = earlierProposals rules store plan
            let saved = store.SavePlan(plan, manifest)

            let coordinator = {
                coordinator with
                    Propose = Proposer.ofPlan rules plan store
            }

            printfn "%s: %d trials planned (%s)" plan.Sweep.Name plan.Trials.Length (describeSaved saved)

            for note in plan.Notes do
                printfn "%s" note

            if options.RetryFailed then
                printfn "%d failed trials are tried again" (store.RetryFailed plan.Sweep.Name)

            let counts = store.Counts plan.Sweep.Name

            if counts.Pending + counts.Running + store.ToCome plan.Sweep.Name = 0 then
                Ok(alreadyDone services options plan.Sweep counts)
            else
                services.EnsureData options.Data plan
                |> Result.map (fun () -> coordinate services options store coordinator plan.Sweep)))

/// Runs the command and answers its exit code.
let run (services: RunServices) (options: RunOptions) : int =
    try
        match services.Plan options.Manifest options.Data with
        | Error refusal ->
            eprintf "%s" refusal.Text
            1
        | Ok planned ->
            match runPlan services options planned with
            | Ok code -> code
            | Error problems ->
                printProblems problems
                1
    with :? ProblemException as problems ->
        printProblems (List.ofSeq problems.Problems)
        1

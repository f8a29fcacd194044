// Over 300 lines: one command from its options to its exit code, read from top to bottom.
/// `orchestrator run`: trains what is left of a manifest and writes its report.
module Orchestrator.Experiments.Cli.RunCommand

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Plan
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
    /// Prints what it came to as JSON; what is said on the way goes to the error output.
    Json: bool
    /// Measures nothing beforehand: the estimate comes from what is known.
    NoProbe: bool
}

/// What other stages supply.
type RunServices = {
    /// The plan of a manifest, with the manifest's text; the data folder is the user's.
    Plan: string -> string option -> Result<Plan * string, Refusal>
    /// The core's rules, by which a sampler that learns proposes; the data folder is the user's.
    Rules: string option -> Rules
    /// Makes sure that the data of a plan's trials is here, in a folder of the user's or found elsewhere.
    EnsureData: string option -> Plan -> Result<unit, Problem list>
    /// The devices of this machine, and what trials cost on them.
    Staffing: Staffing.StaffingServices
    /// Writes the report of a results folder's sweep and answers its path.
    WriteReport: string -> string -> Result<string, Problem list>
    Liveness: Liveness
}

let private printProblems (problems: Problem list) =
    ProblemLines.print Console.Error problems |> ignore

/// What was asked for, before anything is opened.
type private Asked = {
    Workers: int option
    Threads: int option
    /// As the user named it, and the device that it stands for.
    Device: string
    Resolved: string
}

// The providers' operators run on one thread unless more are given, so trials side by side fill the cores; and a thread
// more or less would change the last bits of a trial's results.
let private asked services (options: RunOptions) (sweep: Sweep) =
    let threads = Staffing.amount options.Threads sweep.Resources.Threads
    let workers = Staffing.amount options.Workers sweep.Resources.Workers
    let device = options.Device |> Option.defaultValue sweep.Resources.Device

    match
        Staffing.checkCount "--workers" workers
        @ Staffing.checkCount "--threads" threads
    with
    | [] ->
        services.Staffing.ResolveDevice device
        |> Result.mapError List.singleton
        |> Result.map (fun resolved -> {
            Workers = workers
            Threads = threads
            Device = device
            Resolved = resolved
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

let private saySpared (store: ITrialStore) (sweep: Sweep) =
    store.Status sweep.Name
    |> Option.iter (fun status ->
        if status.EpochsSaved > 0 then
            printfn
                "%d of %d epochs were spared: %d trials pruned (with their figures and a checkpoint kept), %d stopped early"
                status.EpochsSaved
                status.Epochs
                status.Counts.Pruned
                status.StoppedEarly)

let private exitCode (counts: StateCounts) reported =
    if counts.Failed > 0 then 3
    elif reported then 0
    else 1

let private sayFailures (counts: StateCounts) (sweep: Sweep) =
    if counts.Failed > 0 then
        printfn
            "%s failed; see: orchestrator status %s; 'run --retry failed' tries again"
            (Numerals.counted counts.Failed "trial")
            sweep.Name

let private alreadyDone services store (options: RunOptions) (sweep: Sweep) (counts: StateCounts) =
    let ends =
        [
            counts.Completed, "completed"
            counts.Pruned, "pruned"
            counts.Failed, "failed"
        ]
        |> List.filter (fun (count, _) -> count > 0)
        |> List.map (fun (count, name) -> $"{count} {name}")
        |> String.concat ", "

    printfn "%s: nothing to do: %s have ended (%s)" sweep.Name (Numerals.counted counts.Planned "trial") ends
    saySpared store sweep
    sayFailures counts sweep
    let path = ResultsFolder.report options.Results sweep.Name sweep.ReportFile

    if File.Exists path then
        printfn "report: %s" path
        exitCode counts true
    else
        exitCode counts (report services options sweep)

let private finish services store options (sweep: Sweep) (counts: StateCounts) ending =
    match ending with
    | CoordinatorEnd.Finished ->
        printfn "%s: %d of %d trials completed" sweep.Name counts.Completed counts.Planned
        saySpared store sweep
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

let private coordinate services (options: RunOptions) (store: ITrialStore) (plan: Plan) trials (staff: Staffing.Staff) =
    let sweep = plan.Sweep
    let results = Path.GetFullPath options.Results

    use log =
        new LogFile(ResultsFolder.sweepLog results sweep.Name DateTimeOffset.UtcNow)

    RunEstimate.say sweep.Name log.Path staff
    let estimate = RunEstimate.save store results sweep.Name trials staff

    let coordinator = {
        Sweep = sweep.Name
        Results = results
        Data = options.Data
        Slots = staff.Slots
        Threads = staff.Threads
        FailFast = options.FailFast
        Propose = Proposer.ofPlan (services.Rules options.Data) plan store
    }

    let ending, peak =
        ProgressViews.watch (fun view ->
            use running =
                new Coordinator(store, coordinator, services.Liveness, TimeProvider.System, view, log)

            use _signals = StopSignals.handle running.Stop
            let ending = running.Run()
            ending, running.PeakMemory)

    match ending with
    // What broke it would be met again, and is what is told.
    | CoordinatorEnd.Broken _ -> ()
    | _ -> estimate |> Option.iter (RunEstimate.close store sweep.Name peak ending)

    finish services store options sweep (store.Counts sweep.Name) ending

let private earlierProposals rules (store: ITrialStore) (plan: Plan) =
    if plan.ToPropose = 0 then
        plan
    else
        Continuation.ofPlan rules plan (store.Trials plan.Sweep.Name)

// What was begun goes on with as many threads, and so with the same bits.
let private threads asked (store: ITrialStore) (plan: Plan) (trials: TrialRecord list) =
    match asked.Threads with
    | Some threads -> Some threads
    | None when trials |> List.exists (fun trial -> trial.EpochsDone > 0) ->
        store.Estimates plan.Sweep.Name
        |> List.tryLast
        |> Option.map _.Threads
        |> Option.orElse (Some 1)
    | None -> None

let private staff services (options: RunOptions) (store: ITrialStore) asked (plan: Plan) trials =
    Staffing.staff services.Staffing (printfn "%s") {
        Workers = asked.Workers
        Threads = threads asked store plan trials
        Device = asked.Device
        Data = options.Data
        Left = RunEstimate.left plan trials
        ToCome = store.ToCome plan.Sweep.Name, plan.Trials
        IsUpperBound = Estimate.isUpperBound plan.Sweep.Pruner plan.Trials
        Pace = store.Pace(Environment.MachineName, asked.Resolved, Option.defaultValue 1 asked.Threads)
        MayMeasure = not options.NoProbe
    }

let private work services (options: RunOptions) asked (store: ITrialStore) (plan: Plan) =
    services.EnsureData options.Data plan
    |> Result.bind (fun () ->
        let trials = store.Trials plan.Sweep.Name

        staff services options store asked plan trials
        |> Result.map (coordinate services options store plan trials))

let private runPlan services (options: RunOptions) (plan: Plan, manifest: string) =
    asked services options plan.Sweep
    |> Result.bind (fun asked ->
        TrialStore.openForWork (Path.GetFullPath options.Results)
        |> Result.bind (fun opened ->
            use store = opened
            let rules = services.Rules options.Data
            let plan = earlierProposals rules store plan
            let saved = store.SavePlan(plan, manifest)
            store.NameManifest(plan.Sweep.Name, Path.GetFileName options.Manifest |> string)
            printfn "%s: %d trials planned (%s)" plan.Sweep.Name plan.Trials.Length (describeSaved saved)

            for note in plan.Notes do
                printfn "%s" note

            if options.RetryFailed then
                let again = store.RetryFailed plan.Sweep.Name
                printfn "tried again: %s" (Numerals.counted again "failed trial")

            let counts = store.Counts plan.Sweep.Name

            if counts.Pending + counts.Running + store.ToCome plan.Sweep.Name = 0 then
                Ok(alreadyDone services store options plan.Sweep counts)
            else
                work services options asked store plan))

let private outcomeJson (options: RunOptions) (sweep: Sweep) code =
    let counts =
        TrialStore.openToRead options.Results
        |> Result.map (fun opened ->
            use store = opened
            store.Counts sweep.Name)

    let report = ResultsFolder.report options.Results sweep.Name sweep.ReportFile

    counts
    |> Result.map (fun counts ->
        Json.print Console.Out {|
            Sweep = sweep.Name
            ExitCode = code
            Planned = counts.Planned
            Completed = counts.Completed
            Pruned = counts.Pruned
            Failed = counts.Failed
            Pending = counts.Pending + counts.Running
            Report =
                if File.Exists report then
                    Some(Path.GetFullPath report)
                else
                    None
        |}

        code)

/// Runs the command and answers its exit code.
let run (services: RunServices) (options: RunOptions) : int =
    try
        match services.Plan options.Manifest options.Data with
        | Error refusal -> ProblemLines.say Console.Error refusal.Text refusal.Problems
        | Ok planned ->
            let ended =
                Json.aside options.Json (fun () -> runPlan services options planned)
                |> Result.bind (fun code ->
                    if options.Json && code <> 1 then
                        outcomeJson options (fst planned).Sweep code
                    else
                        Ok code)

            match ended with
            | Ok code -> code
            | Error problems -> ProblemLines.print Console.Error problems
    with :? ProblemException as problems ->
        ProblemLines.print Console.Error problems.Problems

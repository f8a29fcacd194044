/// Keeps what a call of `run` estimated, and beside it what it took.
module Orchestrator.Experiments.Cli.RunEstimate

open System
open System.IO
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Store

/// An estimate under way.
type OpenEstimate = {
    Id: int64
    Folders: string list
    BytesBefore: int64
    EpochsBefore: int
    ProcessorBefore: float option
    StartedAt: int64
}

// A file can be replaced while it is counted.
let private bytesIn (folder: string) =
    if Directory.Exists folder then
        DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        |> Seq.sumBy (fun file ->
            file.Refresh()
            if file.Exists then file.Length else 0L)
    else
        0L

let private bytesOf folders = folders |> List.sumBy bytesIn

/// What is left to train of a plan, in the store's eyes.
let left (plan: Plan) (trials: TrialRecord list) : (PlannedTrial * int) list =
    let known = trials |> List.map (fun trial -> trial.Id, trial) |> Map.ofList

    plan.Trials
    |> List.choose (fun trial ->
        match Map.tryFind trial.Id known with
        | Some record when record.State = TrialState.Pending || record.State = TrialState.Running ->
            Some(trial, record.EpochsDone)
        | _ -> None)

// Threads wait for each other, and a GPU's work is not the processor's.
let private ofProcessors (staff: Staffing.Staff) (estimate: Estimate) =
    if staff.Threads = 1 && staff.Device = "cpu" then
        Some estimate.WorkSeconds
    else
        None

let private record sweep (staff: Staffing.Staff) (priced: PricedTrial list) (estimate: Estimate) : EstimateRecord = {
    Id = 0L
    Sweep = sweep
    Coordinator = Coordinator.name ()
    MadeAt = DateTimeOffset.UtcNow
    Workers = estimate.Workers
    Threads = staff.Threads
    Device = staff.Device
    Trials = priced.Length
    Epochs =
        priced
        |> List.sumBy (fun trial -> max 0 (List.last trial.Trial.Epochs - trial.EpochsDone))
    Seconds = estimate.Seconds
    MemoryBytes = estimate.MemoryBytes
    DiskBytes = Estimate.diskBytes priced
    Source = staff.Source
    ProcessorSeconds = ofProcessors staff estimate
    Fact = None
}

/// Tells people who will work, and what it will take.
let say (sweep: string) (log: string) (staff: Staffing.Staff) =
    for remark in staff.Prices.Problems @ staff.Remarks do
        printfn "%s" remark

    let workers = Numerals.counted staff.Slots.Length "worker"
    printfn "%s: %s of %s on %s; log: %s" sweep workers (Numerals.counted staff.Threads "thread") staff.Device log

    match staff.Estimate, staff.Priced with
    | Some estimate, Some priced ->
        printfn
            "estimate: %s, %s"
            (EstimateText.summary estimate.Seconds estimate.MemoryBytes (Estimate.diskBytes priced))
            staff.Source

        for line in EstimateText.company staff.Prices.Calibration do
            printfn "%s" line
    | _ -> ()

/// Writes the estimate of what begins now; None where there is none.
let save (store: ITrialStore) (results: string) sweep (trials: TrialRecord list) (staff: Staffing.Staff) =
    match staff.Priced, staff.Estimate with
    | Some priced, Some estimate when not priced.IsEmpty ->
        let costs =
            priced
            |> List.map (fun trial -> trial.Trial.ConfigurationId, trial.Cost)
            |> List.distinctBy fst

        let ids = priced |> List.map _.Trial.Id |> set

        let folders =
            trials
            |> List.filter (fun trial -> ids.Contains trial.Id)
            |> List.map (fun trial -> ResultsFolder.file results trial.Folder)

        Some {
            Id = store.SaveEstimate(record sweep staff priced estimate, costs)
            Folders = folders
            BytesBefore = bytesOf folders
            EpochsBefore = (store.Standing sweep).EpochsDone
            ProcessorBefore = ChildrenTime.seconds ()
            StartedAt = TimeProvider.System.GetTimestamp()
        }
    | _ -> None

/// Writes what became of it.
let close (store: ITrialStore) sweep peakMemory ending (opened: OpenEstimate) =
    store.CloseEstimate(
        opened.Id,
        {
            EndedAt = DateTimeOffset.UtcNow
            Seconds = TimeProvider.System.GetElapsedTime(opened.StartedAt).TotalSeconds
            MemoryBytes = peakMemory
            DiskBytes = max 0L (bytesOf opened.Folders - opened.BytesBefore)
            EpochsTrained = (store.Standing sweep).EpochsDone - opened.EpochsBefore
            Finished = (ending = CoordinatorEnd.Finished)
            ProcessorSeconds = Option.map2 (-) (ChildrenTime.seconds ()) opened.ProcessorBefore
        }
    )

/// What `doctor` looks at, one function each.
module Orchestrator.Experiments.Cli.DoctorChecks

open System
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store

/// How a check came out.
[<RequireQualifiedAccess>]
type Health =
    | Fine
    /// It works, but not as well as it could.
    | Warning
    | Failing

/// One thing that was looked at.
type Check = {
    Subject: string
    Health: Health
    Finding: string
    /// What to do; empty when all is well.
    Remedy: string
}

let private check health subject finding remedy = {
    Subject = subject
    Health = health
    Finding = finding
    Remedy = remedy
}

let fine subject finding = check Health.Fine subject finding ""

let warning subject finding remedy =
    check Health.Warning subject finding remedy

let failing subject finding remedy =
    check Health.Failing subject finding remedy

/// A check that fails with a problem's own words.
let ofProblem subject (problem: Problem) =
    failing subject $"{problem.Where}: {problem.Cause}" problem.Remedy

let program () =
    let commit = Provenance.commit () |> Option.defaultValue "no git repository"
    fine "program" $"version {Provenance.version}, commit {commit}"

let private sdks () =
    try
        use child =
            Process.Start(ProcessStartInfo("dotnet", "--list-sdks", RedirectStandardOutput = true))
            |> nonNull

        let lines =
            child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)

        child.WaitForExit()
        [ for line in lines -> line.Split(' ')[0] ]
    // Without the SDK there is no such command, which the check says.
    with :? ComponentModel.Win32Exception -> []

let runtime () =
    match sdks () with
    | [] ->
        warning
            ".NET"
            $"{RuntimeInformation.FrameworkDescription}, no SDK on the path"
            "Install the .NET 10 SDK to build the program anew."
    | found -> fine ".NET" $"""{RuntimeInformation.FrameworkDescription}, SDK {String.Join(", ", found)}"""

let machine () =
    let memory = float (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 1073741824.

    fine
        "machine"
        (FormattableString.Invariant
            $"{Provenance.processor ()}, {Environment.ProcessorCount} cores, {memory:F1} GiB of memory, {RuntimeInformation.OSDescription}")

let database (results: string) =
    let library = $"SQLite {SystemSqlite.version ()}"
    let path = TrialStore.place results

    if not (TrialStore.isThere results) then
        match FileSystems.sharedType results with
        | Some name ->
            failing
                "database"
                $"{library}; {results} lies on a network file system ({name})"
                "Name a --results folder on a local disk."
        | None -> fine "database" $"{library}; {path} is made by the first run"
    else
        match TrialStore.openToRead results with
        | Error problems -> problems |> List.head |> ofProblem "database"
        | Ok opened ->
            use store = opened
            let sweeps = Numerals.counted (store.Sweeps().Length) "sweep"
            fine "database" $"{library}; {path} holds {sweeps}, schema {Schema.current}"

let private dataset locations (entry: DatasetEntry) =
    let files = entry.Files.Invoke locations |> List.ofSeq
    let missing = files |> List.filter (fun file -> isNull file.Path)
    let subject = $"data set {entry.Name}"

    match files, missing with
    | [], _ when entry.IsSelfContained -> Some(fine subject "rendered by this program")
    | [], _ -> None
    | file :: _, [] -> Some(fine subject $"found in {Path.GetDirectoryName file.Path}")
    | _, _ :: _ ->
        Some(
            warning
                subject
                $"{missing.Length} of {files.Length} files are missing"
                $"Run: orchestrator data {entry.Name} (downloads them), or name their folder with --data."
        )

let datasets (data: string option) =
    try
        let locations = DataLocations.FromEnvironment(Option.toObj data)
        locations.Roots() |> ignore
        DatasetCatalogue.Entries |> Seq.choose (dataset locations) |> List.ofSeq
    with :? ProblemException as problems ->
        problems.Problems |> Seq.map (ofProblem "data sets") |> List.ofSeq

let rec private existing (folder: string) =
    if Directory.Exists folder then
        folder
    else
        Path.GetDirectoryName folder
        |> Option.ofObj
        |> Option.map existing
        |> Option.defaultValue "/"

let disk (results: string) =
    let folder = Path.GetFullPath results
    let free = float (DriveInfo(existing folder).AvailableFreeSpace) / 1073741824.
    let finding = FormattableString.Invariant $"{free:F1} GiB free for {folder}"

    if free < 0.1 then
        failing "disk" finding "Free space, or name a --results folder elsewhere."
    elif free < 2. then
        warning "disk" finding "Checkpoints and weights of a large sweep may need more."
    else
        fine "disk" finding

/// Balances a sweep's books, after mending what can be mended.
let books (results: string) (sweep: string) =
    let subject = $"books of {sweep}"

    let audited (store: ITrialStore) =
        let repairs =
            store.Repair sweep
            |> List.map (fun said -> warning subject said "It was mended.")

        match store.Results sweep with
        | None -> [ failing subject "there is no such sweep" "See: orchestrator status" ]
        | Some found ->
            let books = BooksCheck.audit results found
            let c = books.Counts

            let balance =
                $"{c.Planned} planned = {c.Pending} pending + {c.Running} running + {c.Completed} completed + {c.Pruned} pruned + {c.Failed} failed; {books.Attempts} attempts, {books.ArtifactsChecked} artifacts checked"

            match books.Faults with
            | [] -> repairs @ [ fine subject balance ]
            | faults ->
                repairs
                @ [ fine subject balance ]
                @ [
                    for fault in faults ->
                        failing subject fault "Put the file back, or train the trial anew in another --results folder."
                ]

    match
        TrialStore.openToRead results
        |> Result.bind (fun reader ->
            reader.Dispose()
            TrialStore.openForWork results)
    with
    | Error problems -> problems |> List.map (ofProblem subject)
    | Ok opened ->
        use store = opened
        audited store

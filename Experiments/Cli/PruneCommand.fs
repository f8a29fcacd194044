namespace Orchestrator.Experiments.Cli

open System
open System.IO
open Argu
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store

[<CliPrefix(CliPrefix.DoubleDash)>]
type PruneArguments =
    | [<MainCommand; Unique>] Sweep of name: string
    | [<Unique>] Yes
    | [<Unique>] Results of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "the sweep (default: every sweep)."
            | Yes -> "delete what is shown."
            | Results _ -> "the results folder (default: results)."
            | Json -> "print JSON."

/// What `prune` is asked for.
type PruneOptions = {
    /// None for every sweep.
    Sweep: string option
    /// Deletes; otherwise it only shows.
    Yes: bool
    Results: string
    Json: bool
}

/// Shows, and when told to deletes, trials that no plan asks for any more and folders that belong to no trial.
[<RequireQualifiedAccess>]
module PruneCommand =

    let private subfolders folder =
        if Directory.Exists folder then
            Directory.GetDirectories folder |> Array.sort |> List.ofArray
        else
            []

    // A trial's folder is named after the first digits of its id; anything else here is somebody's own.
    let private isTrialFolder (folder: string) =
        let name = string (Path.GetFileName folder)
        name.Length = 12 && name |> Seq.forall Char.IsAsciiHexDigitLower

    /// Folders of trials that the store does not know, relative to the results folder.
    let strays results (sweep: string option) (known: string list) =
        let sweeps =
            match sweep with
            | Some name -> [ ResultsFolder.sweep results name ]
            | None -> subfolders results

        sweeps
        |> List.collect (fun sweep -> subfolders (Path.Combine(sweep, "trials")))
        |> List.filter isTrialFolder
        |> List.map (fun folder -> Path.GetRelativePath(results, folder).Replace('\\', '/'))
        |> List.except known

    let private bytes folder =
        if Directory.Exists folder then
            DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            |> Seq.sumBy _.Length
        else
            0L

    let private size results folder =
        let mebibytes = float (bytes (ResultsFolder.file results folder)) / 1048576.
        FormattableString.Invariant $"{mebibytes:F1} MiB"

    let private show (output: TextWriter) (options: PruneOptions) (orphans: OrphanedTrial list) strays =
        for orphan in orphans do
            let label = WorkerMessage.label orphan.Varied orphan.Seed

            let kept =
                if orphan.Shared then
                    "another sweep still asks for it, so it stays"
                else
                    $"{orphan.EpochsDone} epochs, {size options.Results orphan.Folder}"

            output.WriteLine $"{orphan.Sweep} {orphan.TrialId.Substring(0, 12)} {label}: no longer asked for; {kept}"

        for folder in strays do
            output.WriteLine $"{folder}: the folder of no known trial; {size options.Results folder}"

    // The store lets go first: what a crash leaves of the folders is then shown as strays.
    let private delete (store: ITrialStore) (options: PruneOptions) strays =
        let folders = store.Prune options.Sweep @ strays

        for folder in folders do
            let path = ResultsFolder.file options.Results folder

            if Directory.Exists path then
                Directory.Delete(path, true)

        folders.Length

    // The sizes are those before anything is deleted.
    let private workJson output (options: PruneOptions) store (orphans: OrphanedTrial list) (strays: string list) =
        let bytesOf folder =
            bytes (ResultsFolder.file options.Results folder)

        let trials = [
            for orphan in orphans ->
                {|
                    Sweep = orphan.Sweep
                    Trial = orphan.TrialId
                    Seed = orphan.Seed
                    Varied = Json.raw (orphan.Varied.ToJson())
                    Shared = orphan.Shared
                    EpochsDone = orphan.EpochsDone
                    Folder = orphan.Folder
                    Bytes = bytesOf orphan.Folder
                |}
        ]

        let folders = [
            for folder in strays ->
                {|
                    Folder = folder
                    Bytes = bytesOf folder
                |}
        ]

        Json.print output {|
            Trials = trials
            Folders = folders
            Deleted = if options.Yes then delete store options strays else 0
        |}

    let private workText output (options: PruneOptions) store (orphans: OrphanedTrial list) (strays: string list) =
        show output options orphans strays

        if orphans.IsEmpty && strays.IsEmpty then
            output.WriteLine
                "nothing to prune: every trial is asked for by a sweep as it was last run, and every folder is a trial's"
        elif options.Yes then
            output.WriteLine $"""deleted {Numerals.counted (delete store options strays) "trial folder"}"""
        else
            output.WriteLine "nothing was deleted; add --yes to delete this"

    let private work (output: TextWriter) (options: PruneOptions) (store: ITrialStore) =
        let orphans = store.Orphans options.Sweep
        let strays = strays options.Results options.Sweep (store.Folders())

        if options.Json then
            workJson output options store orphans strays
        else
            workText output options store orphans strays

    let private known (options: PruneOptions) (store: ITrialStore) =
        let names = store.Sweeps() |> List.map _.Name

        match options.Sweep with
        | Some sweep when not (List.contains sweep names) ->
            let listed = String.Join(", ", names)

            Error [
                Problem($"sweep {sweep}", $"{options.Results} holds no such sweep", $"It holds: {listed}.")
            ]
        | _ -> Ok()

    /// Prunes. Answers the exit code.
    let run (output: TextWriter) (options: PruneOptions) =
        let opening =
            if options.Yes then
                TrialStore.openForWork
            else
                TrialStore.openToRead

        try
            TrialStore.openToRead options.Results
            |> Result.bind (fun reader ->
                reader.Dispose()
                opening options.Results)
            |> Result.bind (fun opened ->
                use store = opened
                known options store |> Result.map (fun () -> work output options store))
            |> function
                | Ok() -> 0
                | Error problems -> ProblemLines.print Console.Error problems
        with
        | :? ProblemException as found -> ProblemLines.print Console.Error found.Problems
        | :? IOException
        | :? UnauthorizedAccessException as error ->
            ProblemLines.print Console.Error [
                Problem(options.Results, error.Message, "Give yourself write access to the folder and prune again.")
            ]

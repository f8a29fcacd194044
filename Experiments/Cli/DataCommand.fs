namespace Orchestrator.Experiments.Cli

open System
open System.Collections.Concurrent
open System.IO
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Spectre.Console

/// What `data` is asked for.
type DataOptions = {
    /// The data set to find, download and verify; None lists all.
    Dataset: string option
    /// Where the user's own data lie.
    Path: string option
    /// The folder given with --data.
    Folder: string option
    Json: bool
}

/// Lists data sets, and finds, downloads and verifies one.
[<RequireQualifiedAccess>]
module DataCommand =

    /// Where a data set comes from on this machine.
    [<RequireQualifiedAccess>]
    type private Presence =
        | Rendered
        | Found of folder: string
        | Missing of files: string list
        | Own of parameters: string list

    let private presence locations (entry: DatasetEntry) =
        let files = entry.Files.Invoke locations |> List.ofSeq

        let missing = files |> List.filter (fun file -> isNull file.Path) |> List.map _.Name

        let folder =
            files
            |> List.tryPick (fun file ->
                file.Path |> Option.ofObj |> Option.bind (Path.GetDirectoryName >> Option.ofObj))

        match folder, missing with
        | _, _ :: _ -> Presence.Missing missing
        | Some folder, [] -> Presence.Found folder
        | None, [] when entry.IsSelfContained -> Presence.Rendered
        | None, [] -> Presence.Own(entry.Parameters |> Seq.map _.Name |> List.ofSeq)

    let private phrase name presence =
        match presence with
        | Presence.Rendered -> "rendered by this program, nothing to download"
        | Presence.Found folder -> $"found in {folder}"
        | Presence.Missing files -> $"{files.Length} of 4 files missing; 'orchestrator data {name}' downloads them"
        | Presence.Own parameters -> $"""your own; a manifest gives {String.Join(", ", parameters)}"""

    let private colour presence =
        match presence with
        | Presence.Missing _ -> "yellow"
        | Presence.Own _ -> "blue"
        | Presence.Rendered
        | Presence.Found _ -> "green"

    let private listing (console: IAnsiConsole) locations =
        for entry in DatasetCatalogue.Entries do
            let found = presence locations entry
            let said = Markup.Escape(phrase entry.Name found)
            console.MarkupLine $"[bold]{Markup.Escape entry.Name}[/]  [{colour found}]{said}[/]"
            console.Write(Padder(Text(entry.Description, Style(decoration = Decoration.Dim)), Padding(2, 0, 0, 0)))

    let private listingJson locations =
        Json.print Console.Out {|
            Datasets = [
                for entry in DatasetCatalogue.Entries do
                    let found = presence locations entry

                    {|
                        Name = entry.Name
                        Description = entry.Description
                        State =
                            match found with
                            | Presence.Rendered -> "rendered"
                            | Presence.Found _ -> "found"
                            | Presence.Missing _ -> "missing"
                            | Presence.Own _ -> "own"
                        Folder =
                            match found with
                            | Presence.Found folder -> Some folder
                            | _ -> None
                        Parameters = entry.Parameters |> Seq.map _.Name |> List.ofSeq
                    |}
            ]
        |}

    /// Reports on a progress bar for each step, on a terminal; a line for each step elsewhere.
    let private watched (console: IAnsiConsole) (work: IProgress<DataProgress> -> Dataset) =
        if console.Profile.Capabilities.Interactive then
            console
                .Progress()
                .AutoClear(true)
                .Start(fun context ->
                    let bars = ConcurrentDictionary<string, ProgressTask>()

                    work
                        {
                            new IProgress<DataProgress> with
                                member _.Report progress =
                                    let bar =
                                        bars.GetOrAdd(progress.Step, (fun step -> context.AddTask(Markup.Escape step)))

                                    bar.IsIndeterminate <- not progress.Total.HasValue
                                    bar.MaxValue <- float (progress.Total.GetValueOrDefault 1L)
                                    bar.Value <- float progress.Done
                        })
        else
            let said = ConcurrentDictionary<string, bool>()

            work
                {
                    new IProgress<DataProgress> with
                        member _.Report progress =
                            if said.TryAdd(progress.Step, true) then
                                Console.Error.WriteLine progress.Step
                }

    let private verified (console: IAnsiConsole) locations (entry: DatasetEntry) (dataset: Dataset) json =
        let where =
            match presence locations entry with
            | Presence.Own _ -> "your own files"
            | found -> phrase dataset.Name found

        if json then
            Json.print Console.Out {|
                Name = dataset.Name
                Train = dataset.Train.Count
                Test = dataset.Test.Count
                Shape = string dataset.Shape
                Classes = List.ofSeq dataset.ClassNames
                Fingerprint = dataset.Fingerprint
                Where = where
            |}
        else
            console.MarkupLine $"[bold]{Markup.Escape dataset.Name}[/] [green]is complete and verified[/]"

            Facts.print console [
                "where", where
                "images", $"{dataset.Train.Count} to train, {dataset.Test.Count} to test, each {dataset.Shape}"
                "classes", String.Join(", ", dataset.ClassNames)
                "fingerprint", dataset.Fingerprint
            ]

    /// Lists all data sets, or makes sure of one. Answers the exit code.
    let run (console: IAnsiConsole) (options: DataOptions) (cancellation: CancellationToken) =
        try
            let locations = DataLocations.FromEnvironment(Option.toObj options.Folder)

            match options.Dataset with
            | None when options.Json -> listingJson locations
            | None -> listing console locations
            | Some name ->
                let entry = DatasetCatalogue.Find name

                let arguments =
                    match options.Path with
                    | Some path -> ParameterSet.Empty.With(DatasetParameters.Path, path)
                    | None -> ParameterSet.Empty

                let load progress =
                    entry
                        .LoadAsync(DatasetRequest(arguments, locations, Progress = progress), cancellation)
                        .GetAwaiter()
                        .GetResult()

                verified console locations entry (watched console load) options.Json

            0
        with
        | :? ProblemException as found -> ProblemLines.print Console.Error found.Problems
        | :? OperationCanceledException ->
            Console.Error.WriteLine "Stopped; what was downloaded so far is kept, and the same command goes on with it."
            130

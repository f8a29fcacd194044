namespace Orchestrator.Experiments.Cli

open System
open System.IO
open Argu
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli.TrialComparison
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Store

[<CliPrefix(CliPrefix.DoubleDash)>]
type VerifyArguments =
    | [<MainCommand; ExactlyOnce>] Trial of id: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Data of folder: string
    | [<Unique>] Script of path: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Trial _ -> "the trial's id, or as many of its first characters as tell it from others."
            | Results _ -> "the results folder (default: results)."
            | Data _ -> "the folder of data sets (default: $ORCHESTRATOR_DATA, then the cache)."
            | Script _ -> "the script that added the trial's model, metrics or schedule."
            | Json -> "print JSON."

/// What `verify` is asked for.
type VerifyOptions = {
    /// The trial's id or its beginning.
    Trial: string
    Results: string
    Data: string option
    Json: bool
}

/// Trains a completed trial again, from scratch and elsewhere, and compares every byte and figure.
[<RequireQualifiedAccess>]
module VerifyCommand =

    let private sweep = "verify"

    /// A completed trial with what it came to, and how it was trained.
    type private Recorded = {
        Trial: PlannedTrial
        Record: TrainedRecord
        Device: string
        Threads: int
        /// What each of its attempts ran on, label and value: later ones go on from what earlier ones left.
        Surroundings: (string * string) list list
    }

    /// What the second training came to, and what it ran on.
    type private Repeated = {
        Record: TrainedRecord
        Surroundings: (string * string) list
    }

    let private notCompleted (page: TrialPage) =
        let state = (string page.Trial.State).ToLowerInvariant()

        Error [
            Problem(
                $"trial {page.Trial.Id.Substring(0, 12)}",
                $"it is {state}, and only a completed trial can be verified",
                "Run its manifest to the end first."
            )
        ]

    // Another sweep may ask for other readings of the same training.
    let private readings (found: SweepResults list) id =
        found
        |> List.collect _.Trials
        |> List.filter (fun trial -> trial.Id = id)
        |> List.collect _.Epochs
        |> List.distinct
        |> List.sort

    let private recorded (found: SweepResults list) (page: TrialPage) =
        let trial = page.Trial
        let record = found |> List.tryPick (fun results -> recordOf results trial.Id)

        let attempt =
            page.Attempts
            |> List.tryFind (fun attempt -> Some attempt.Number = trial.EffectiveAttempt)

        match Bridge.missing trial.Parameters, record, attempt with
        | Some problem, _, _ -> Error [ problem ]
        | None, Some record, Some attempt ->
            Ok {
                Trial = {
                    Id = trial.Id
                    ConfigurationId = trial.ConfigurationId
                    Parameters = trial.Parameters
                    Varied = trial.Varied
                    Seed = trial.Seed
                    Epochs = readings found trial.Id
                    DataFingerprint = trial.DataFingerprint
                }
                Record = record
                Device = attempt.Device
                Threads = attempt.Threads
                Surroundings = page.Attempts |> List.map ProvenanceFacts.environment
            }
        | _ -> notCompleted page

    let private find (options: VerifyOptions) =
        TrialStore.openToRead options.Results
        |> Result.bind (fun opened ->
            use store = opened
            let found = store.Sweeps() |> List.choose (fun sweep -> store.Results sweep.Name)
            ShowCommand.find options.Trial found |> Result.bind (recorded found))

    let private coordinatorOptions scratch (options: VerifyOptions) recorded : CoordinatorOptions = {
        Sweep = sweep
        Results = scratch
        Data = options.Data
        Slots = [
            {
                Device = recorded.Device
                VisibleGpus = None
            }
        ]
        Threads = recorded.Threads
        FailFast = true
        Propose = Proposer.none
    }

    // The same way as in a sweep: a worker process of one trial, in a results folder of its own.
    let private train liveness scratch options recorded =
        TrialStore.openScratch scratch
        |> Result.bind (fun opened ->
            use store = opened

            store.SavePlan(
                {
                    Sweep = Defaults.sweep sweep
                    Trials = [ recorded.Trial ]
                    ToPropose = 0
                    Notes = []
                },
                ""
            )
            |> ignore

            use log = new LogFile(ResultsFolder.sweepLog scratch sweep DateTimeOffset.UtcNow)

            let ending =
                ProgressViews.watch (fun view ->
                    use running =
                        new Coordinator(
                            store,
                            coordinatorOptions scratch options recorded,
                            liveness,
                            TimeProvider.System,
                            view,
                            log
                        )

                    use _signals = StopSignals.handle running.Stop
                    running.Run())

            match ending, store.Status sweep, store.Results sweep with
            | CoordinatorEnd.Broken problems, _, _ -> Error problems
            | _, Some status, _ when not status.Failures.IsEmpty ->
                Error [
                    for failed in status.Failures ->
                        Problem("the second training", failed.Error, "Run: orchestrator doctor")
                ]
            | _, _, found ->
                found
                |> Option.bind (fun results ->
                    recordOf results recorded.Trial.Id
                    |> Option.map (fun record -> {
                        Record = record
                        Surroundings =
                            results.Attempts
                            |> List.tryLast
                            |> Option.map ProvenanceFacts.environment
                            |> Option.defaultValue []
                    }))
                |> Ok)

    let private say (output: TextWriter) (recorded: Recorded) differences surroundings =
        let short = recorded.Trial.ShortId

        match differences with
        | [] ->
            output.WriteLine
                $"{short}: the same weights, {recorded.Record.Figures.Count} figures and {recorded.Record.Files.Count} files, bit for bit"
        | _ ->
            output.WriteLine $"{short}: {differences.Length} differences"

            for difference in List.truncate 20 differences do
                output.WriteLine $"  {difference.What}: recorded {difference.Recorded}, now {difference.Again}"

            if differences.Length > 20 then
                output.WriteLine $"  and {differences.Length - 20} more"

            for other in surroundings do
                output.WriteLine $"  it ran with another {other.What}: recorded {other.Recorded}, now {other.Again}"

    let private listed (differences: Difference list) = [
        for difference in differences ->
            {|
                What = difference.What
                Recorded = difference.Recorded
                Again = difference.Again
            |}
    ]

    let private sayJson (output: TextWriter) (recorded: Recorded) (differences: Difference list) surroundings kept =
        Json.print output {|
            Trial = recorded.Trial.Id
            Same = differences.IsEmpty
            Figures = recorded.Record.Figures.Count
            Files = recorded.Record.Files.Count
            Differences = listed differences
            Surroundings = listed surroundings
            Kept = kept
        |}

    let private judge (options: VerifyOptions) output scratch (recorded: Recorded) (again: Repeated) =
        let differences = compare recorded.Record again.Record

        // Of two equal results nobody asks where they come from.
        let surroundings =
            if differences.IsEmpty then
                []
            else
                recorded.Surroundings
                |> List.collect (fun surroundings -> compareSurroundings surroundings again.Surroundings)
                |> List.distinct

        let kept = if differences.IsEmpty then None else Some scratch

        if options.Json then
            sayJson output recorded differences surroundings kept
        else
            say output recorded differences surroundings

        match kept with
        | None ->
            Directory.Delete(scratch, true)
            0
        | Some scratch ->
            if not options.Json then
                output.WriteLine $"the second training is kept in {scratch}"

            3

    /// Verifies. Answers the exit code: 0 the same, 3 something differs, 130 interrupted.
    let run (liveness: Liveness) (output: TextWriter) (options: VerifyOptions) =
        try
            match find options with
            | Error problems -> ProblemLines.print Console.Error problems
            | Ok recorded ->
                let scratch = Directory.CreateTempSubdirectory("orchestrator-verify-").FullName

                let trained =
                    Json.aside options.Json (fun () ->
                        Console.Out.WriteLine
                            $"""{recorded.Trial.ShortId}: training it again for {Numerals.counted (List.last recorded.Trial.Epochs) "epoch"} on {recorded.Device}, threads: {recorded.Threads}"""

                        train liveness scratch options recorded)

                match trained with
                | Error problems -> ProblemLines.print Console.Error problems
                | Ok(Some again) -> judge options output scratch recorded again
                | Ok None ->
                    Directory.Delete(scratch, true)
                    130
        with :? ProblemException as found ->
            ProblemLines.print Console.Error found.Problems

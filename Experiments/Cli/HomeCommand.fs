namespace Orchestrator.Experiments.Cli

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Spectre.Console

/// What `orchestrator` alone is asked for.
type HomeOptions = {
    Results: string
    /// Where manifests are looked for, to suggest one to begin with.
    Manifests: string
    Json: bool
}

/// Where you are: the sweeps of the results folder, what is running, what to do next.
[<RequireQualifiedAccess>]
module HomeCommand =

    let private state (status: SweepStatus) =
        let counts = status.Counts

        match counts with
        | _ when not status.Running.IsEmpty -> "running", "blue"
        | _ when counts.Pending > 0 -> "unfinished", "yellow"
        | _ when counts.Failed > 0 -> "done with failures", "red"
        | _ -> "done", "green"

    let private line (now: DateTimeOffset) (status: SweepStatus) =
        let name, colour = state status
        let counts = status.Counts

        let failed =
            if counts.Failed > 0 then
                $", {counts.Failed} failed"
            else
                ""

        $"[bold]{Markup.Escape status.Sweep.Name}[/]  [{colour}]{name}[/]  {counts.Completed} of {counts.Planned} trials{failed}"
        + $"  [dim]{Moments.ago now status.Sweep.UpdatedAt}[/]"

    let private workers (status: SweepStatus) = [
        for attempt in status.Running ->
            $"  [dim]{Markup.Escape attempt.Worker}[/] {Markup.Escape(Numerals.assignment attempt.Varied)}, seed {attempt.Seed}: "
            + $"{attempt.Stage}, epoch {attempt.Epoch} of {attempt.Budget}"
    ]

    /// What can be done next with a sweep: a command and why.
    let private next results (status: SweepStatus) =
        let name = status.Sweep.Name

        match status.Counts with
        | _ when not status.Running.IsEmpty -> [ $"orchestrator status {name}", "watch it" ]
        | counts when counts.Pending > 0 -> [
            "orchestrator run MANIFEST", $"go on with {name} from its last checkpoints"
          ]
        | counts when counts.Failed > 0 -> [ $"orchestrator status {name}", "see why trials failed" ]
        | _ ->
            let report = ResultsFolder.report results name Defaults.reportFile

            if File.Exists report then
                [ report, "open its report in a browser" ]
            else
                [ $"orchestrator report {name}", "write its report" ]

    let private suggest (console: IAnsiConsole) (steps: (string * string) list) =
        if not steps.IsEmpty then
            console.WriteLine()
            console.MarkupLine "[bold]Next[/]"

            for command, reason in steps do
                console.MarkupLine $"  {Markup.Escape command}  [dim]{Markup.Escape reason}[/]"

    let private firstSteps options =
        let quickstart = Path.Combine(options.Manifests, "quickstart.yaml")

        [
            if File.Exists quickstart then
                $"orchestrator run {quickstart}", "train a first sweep, in about three minutes"
            "orchestrator new my-sweep.yaml", "write a manifest of your own"
            "orchestrator data", "see which data sets are here"
            "orchestrator doctor", "check this machine"
            "orchestrator --help", "see every command"
        ]

    let private nextSteps options (statuses: SweepStatus list) =
        let steps =
            statuses
            |> List.collect (next options.Results)
            |> List.distinct
            |> List.truncate 3

        steps @ [ "orchestrator --help", "see every command" ]

    let private printJson options (statuses: SweepStatus list) =
        let steps =
            if statuses.IsEmpty then
                firstSteps options
            else
                nextSteps options statuses

        Json.print Console.Out {|
            Results = options.Results
            Sweeps = [
                for status in statuses ->
                    {|
                        Sweep = status.Sweep.Name
                        State = fst (state status)
                        Planned = status.Counts.Planned
                        Completed = status.Counts.Completed
                        Failed = status.Counts.Failed
                        Running = status.Running.Length
                        UpdatedAt = status.Sweep.UpdatedAt
                    |}
            ]
            Next = [ for command, reason in steps -> {| Command = command; Reason = reason |} ]
        |}

    let private welcome console options =
        AnsiConsoleExtensions.WriteLine(console, $"There are no sweeps in {options.Results} yet.")
        suggest console (firstSteps options)

    let private overview (console: IAnsiConsole) options (statuses: SweepStatus list) =
        let now = DateTimeOffset.UtcNow

        for status in statuses do
            console.MarkupLine(line now status)
            workers status |> List.iter console.MarkupLine

        suggest console (nextSteps options statuses)

    /// Shows where things stand; a missing store is where everybody begins. Answers the exit code.
    let run (console: IAnsiConsole) (options: HomeOptions) =
        try
            if not (TrialStore.isThere options.Results) then
                if options.Json then
                    printJson options []
                else
                    welcome console options

                0
            else
                match TrialStore.openToRead options.Results with
                | Error problems -> ProblemLines.print Console.Error problems
                | Ok opened ->
                    use store = opened

                    match store.Sweeps() |> List.choose (fun sweep -> store.Status sweep.Name) with
                    | statuses when options.Json -> printJson options statuses
                    | [] -> welcome console options
                    | statuses -> overview console options statuses

                    0
        with :? ProblemException as found ->
            ProblemLines.print Console.Error found.Problems

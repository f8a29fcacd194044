namespace Orchestrator.Experiments.Launch

open System
open Spectre.Console
open Spectre.Console.Rendering

/// A bar for the whole and a line per worker, redrawn in place.
type LiveProgressView(console: IAnsiConsole, context: LiveDisplayContext) =
    let bar (progress: SweepProgress) =
        BreakdownChart()
            .Width(40)
            .HideTags()
            .AddItem("done", float progress.EpochsDone, Color.Green)
            .AddItem("left", float (max 0 (progress.Epochs - progress.EpochsDone)), Color.Grey)
        :> IRenderable

    let loss (line: WorkerLine) =
        match line.Loss with
        | Some value -> FormattableString.Invariant $"{value:F2}"
        | None -> ""

    let workers (progress: SweepProgress) =
        let table = Table().Border(TableBorder.None).HideHeaders()

        for title in [ "worker"; "trial"; "epoch"; "batch"; "loss" ] do
            table.AddColumn title |> ignore

        for line in progress.Workers do
            let trial = line.Trial |> Option.defaultValue "waiting"

            table.AddRow(
                Text line.Worker,
                Text trial,
                Text(
                    if line.Trial.IsSome then
                        $"epoch {line.Epoch}/{line.Budget}"
                    else
                        ""
                ),
                Text(
                    if line.Trial.IsSome then
                        $"{line.Stage} {line.Batch}/{line.Batches}"
                    else
                        ""
                ),
                Text(loss line)
            )
            |> ignore

        table :> IRenderable

    interface IProgressView with
        // The line is written over what is drawn: its rest must cover the longer text below it.
        member _.Say line =
            console.WriteLine(line.PadRight(console.Profile.Width - 1))

        member _.Show progress =
            context.UpdateTarget(Rows(Text(SweepProgress.sentence progress), bar progress, workers progress))

module ProgressViews =
    /// Runs the work under the view that suits the terminal.
    let watch (work: IProgressView -> 'T) : 'T =
        let console = AnsiConsole.Console

        if
            console.Profile.Capabilities.Interactive
            && console.Profile.Capabilities.Ansi
            && not Console.IsOutputRedirected
        then
            console.Live(Text "starting").Start(fun context -> work (LiveProgressView(console, context)))
        else
            work (PlainProgressView(Console.Out, TimeSpan.FromSeconds 10., TimeProvider.System))

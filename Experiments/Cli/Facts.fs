namespace Orchestrator.Experiments.Cli

open Spectre.Console

/// Names and values side by side, wrapped inside their columns.
[<RequireQualifiedAccess>]
module Facts =

    /// Writes a line for each fact; facts without a value are left out.
    let print (console: IAnsiConsole) (facts: (string * string) list) =
        let grid = Grid()

        grid.AddColumn(GridColumn(NoWrap = true, Padding = Padding(2, 0, 2, 0)))
        |> ignore

        grid.AddColumn(GridColumn(Padding = Padding(0, 0, 0, 0))) |> ignore

        for name, value in facts do
            if value <> "" then
                grid.AddRow(Text(name, Style(decoration = Decoration.Dim)), Text value)
                |> ignore

        console.Write grid

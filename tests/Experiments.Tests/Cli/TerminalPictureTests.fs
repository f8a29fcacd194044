module Orchestrator.Experiments.Tests.Cli.TerminalPictureTests

open System
open System.Text.RegularExpressions
open Orchestrator.Core.Data
open Orchestrator.Experiments.Cli
open Xunit

let private picture width height (value: int -> int -> int) =
    let pixels = [|
        for y in 0 .. height - 1 do
            for x in 0 .. width - 1 -> byte (value x y)
    |]

    Picture(ImageShape(1, height, width), ReadOnlyMemory pixels)

let private colours (line: string) = [
    for cell in Regex.Matches(line, @"\[([^\[\]]+) on ([^\[\]]+)\]▀") -> cell.Groups[1].Value, cell.Groups[2].Value
]

[<Fact>]
let ``a character holds two pixels, the upper one before the lower one`` () =
    let lines = TerminalPicture.lines (picture 2 3 (fun x y -> 100 * x + y)) 80
    Assert.Equal(2, lines.Length)

    Assert.Equal<(string * string) list>(
        [ "rgb(0,0,0)", "rgb(1,1,1)"; "rgb(100,100,100)", "rgb(101,101,101)" ],
        colours lines[0]
    )

    Assert.Equal<(string * string) list>([ "rgb(2,2,2)", "default"; "rgb(102,102,102)", "default" ], colours lines[1])

[<Fact>]
let ``a wide picture is made narrower by means over its pixels`` () =
    let lines =
        TerminalPicture.lines (picture 8 4 (fun x _ -> if x % 2 = 0 then 0 else 200)) 4

    Assert.Equal(1, lines.Length)
    Assert.Equal<(string * string) list>(List.replicate 4 ("rgb(100,100,100)", "rgb(100,100,100)"), colours lines[0])

[<Fact>]
let ``a terminal without colours gets no picture`` () =
    Assert.False(fst (CapturedConsole.write 80 TerminalPicture.canShow))

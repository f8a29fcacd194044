/// What processes that this one started have used of the processor, whatever else the machine did meanwhile.
module Orchestrator.Experiments.Launch.ChildrenTime

open System
open System.Globalization
open System.IO

// The kernel's unit there, on every architecture that .NET runs on.
let private ticksPerSecond = 100.

// proc_pid_stat(5): fields 16 and 17, cutime and cstime. The name, field 2, may hold blanks and parentheses.
let private ended = [ 16; 17 ]

/// The seconds in a line of the kernel's; None where it is no such line.
let parse (line: string) : float option =
    let fields =
        line.Substring(line.LastIndexOf ')' + 1).Split(' ', StringSplitOptions.RemoveEmptyEntries)

    let ticks =
        ended
        |> List.choose (fun number -> Array.tryItem (number - 3) fields)
        |> List.choose (fun text ->
            match Int64.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, ticks -> Some(float ticks)
            | _ -> None)

    if ticks.Length = ended.Length then
        Some(List.sum ticks / ticksPerSecond)
    else
        None

/// The seconds that ended children have used so far; None on a system that does not say.
let seconds () : float option =
    let path = "/proc/self/stat"

    if File.Exists path then
        parse (File.ReadAllText path)
    else
        None

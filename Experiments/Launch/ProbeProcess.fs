/// Processes that measure.
module Orchestrator.Experiments.Launch.ProbeProcess

open System
open System.Diagnostics
open System.Threading
open Orchestrator.Experiments.Plan

/// What a probe's process said of its measurements.
type ProbeResult = {
    StartSeconds: float
    Costs: (int * Cost) list
    Errors: (int * string) list
}

let private answers (lines: string list) =
    lines |> List.choose ProbeMessage.tryRead<ProbeAnswer>

let private resultOf (answers: ProbeAnswer list) =
    let costs =
        answers
        |> List.choose (function
            | ProbeAnswer.Measured(index, cost) -> Some(index, cost)
            | _ -> None)

    let usual =
        costs
        |> List.tryHead
        |> Option.map (fun (_, cost) -> cost.SecondsPerTrial)
        |> Option.defaultValue 0.

    {
        StartSeconds =
            answers
            |> List.tryPick (function
                | ProbeAnswer.Ready(begun, first) -> Some(begun + max 0. (first - usual))
                | _ -> None)
            |> Option.defaultValue 0.
        Costs = costs
        Errors =
            answers
            |> List.choose (function
                | ProbeAnswer.Failed(index, error) -> Some(index, error)
                | _ -> None)
    }

/// Starts processes that each do what is asked for, at once if so asked, and waits for them; ends those that take longer
/// than the limit.
let run (request: ProbeRequest) (visibleGpus: string option) (processes: int) (limit: TimeSpan) : ProbeResult list =
    let start _ =
        let info = WorkerProcess.startInfo request.Threads visibleGpus [ "probe" ]
        info.RedirectStandardInput <- true
        info.RedirectStandardOutput <- true
        info.RedirectStandardError <- true
        let child = new Process(StartInfo = info)
        child.Start() |> ignore
        child.BeginErrorReadLine()
        child.StandardInput.WriteLine(ProbeMessage.write request)
        child.StandardInput.Flush()
        child

    let children = List.init processes start

    use _limit =
        new Timer(
            (fun _ ->
                for child in children do
                    if not child.HasExited then
                        child.Kill()),
            null,
            limit,
            Timeout.InfiniteTimeSpan
        )

    let rec readyLine (child: Process) =
        match child.StandardOutput.ReadLine() with
        | null -> []
        | line ->
            match ProbeMessage.tryRead<ProbeAnswer> line with
            | Some(ProbeAnswer.Ready _) -> [ line ]
            | _ -> readyLine child

    let first = children |> List.map readyLine

    // All are warm: now they measure beside each other.
    if request.Together then
        for child in children do
            if not child.HasExited then
                child.StandardInput.WriteLine "go"
                child.StandardInput.Flush()

    List.zip children first
    |> List.map (fun (child, first) ->
        let rest = child.StandardOutput.ReadToEnd().Split '\n' |> List.ofArray
        child.WaitForExit()
        child.Dispose()
        resultOf (answers (first @ rest)))

/// Processes that measure.
module Orchestrator.Experiments.Launch.ProbeProcess

open System
open System.Diagnostics
open System.Threading
open Orchestrator.Experiments.Plan

/// What a probe's process said of its measurements.
type ProbeResult = {
    Costs: (int * Cost) list
    /// Seconds of an epoch, of those whose training alone was watched.
    Paces: (int * float) list
    Errors: (int * string) list
}

let private resultOf (lines: string list) =
    let answers = lines |> List.choose ProbeMessage.tryRead<ProbeAnswer>

    {
        Costs =
            answers
            |> List.choose (function
                | ProbeAnswer.Measured(index, cost) -> Some(index, cost)
                | _ -> None)
        Paces =
            answers
            |> List.choose (function
                | ProbeAnswer.Paced(index, pace) -> Some(index, pace)
                | _ -> None)
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

    let rec waitUntilReady (child: Process) =
        match child.StandardOutput.ReadLine() with
        | null -> ()
        | line ->
            match ProbeMessage.tryRead<ProbeAnswer> line with
            | Some ProbeAnswer.Ready -> ()
            | _ -> waitUntilReady child

    // When all are warm they measure beside each other.
    if request.Together then
        List.iter waitUntilReady children

        for child in children do
            if not child.HasExited then
                child.StandardInput.WriteLine "go"
                child.StandardInput.Flush()

    children
    |> List.map (fun child ->
        let lines = child.StandardOutput.ReadToEnd().Split '\n' |> List.ofArray
        child.WaitForExit()
        child.Dispose()
        resultOf lines)

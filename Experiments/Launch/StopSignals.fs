/// Ctrl-C, a polite kill and a closed terminal all mean: stop at a checkpoint.
module Orchestrator.Experiments.Launch.StopSignals

open System
open System.Runtime.InteropServices

/// Calls stop at each of these signals until it is disposed.
let handle (stop: unit -> unit) =
    let handler (context: PosixSignalContext) =
        context.Cancel <- true
        stop ()

    let registrations =
        [ PosixSignal.SIGINT; PosixSignal.SIGTERM; PosixSignal.SIGHUP ]
        |> List.map (fun signal -> PosixSignalRegistration.Create(signal, handler))

    {
        new IDisposable with
            member _.Dispose() = registrations |> List.iter _.Dispose()
    }

namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic
open System.ComponentModel
open System.Diagnostics
open System.IO
open System.Threading
open Orchestrator.Experiments.Domain

/// What a coordinator learns of its workers.
[<RequireQualifiedAccess>]
type WorkerEvent =
    | Said of worker: string * WorkerMessage
    | Printed of worker: string * line: string
    | Exited of worker: string * code: int

/// A worker process as its coordinator holds it.
type WorkerProcess(name: string, start: ProcessStartInfo, post: WorkerEvent -> unit) =
    let child = new Process(StartInfo = start)
    let lastLines = Queue<string>()

    let remember (line: string) =
        lock lastLines (fun () ->
            lastLines.Enqueue line

            while lastLines.Count > 20 do
                lastLines.Dequeue() |> ignore)

    let rec readErrors () =
        match child.StandardError.ReadLine() with
        | null -> ()
        | line ->
            remember line
            post (WorkerEvent.Printed(name, line))
            readErrors ()

    let rec readOutput () =
        match child.StandardOutput.ReadLine() with
        | null -> ()
        | line ->
            match WorkerMessage.tryRead line with
            | Some message -> post (WorkerEvent.Said(name, message))
            | None -> post (WorkerEvent.Printed(name, line))

            readOutput ()

    let watch () =
        let errors = Thread(readErrors, IsBackground = true)
        errors.Start()
        readOutput ()
        errors.Join()
        child.WaitForExit()
        post (WorkerEvent.Exited(name, child.ExitCode))

    do
        start.RedirectStandardInput <- true
        start.RedirectStandardOutput <- true
        start.RedirectStandardError <- true
        child.Start() |> ignore
        Thread(watch, IsBackground = true).Start()

    member _.Name = name
    member _.ProcessId = child.Id

    /// What it last wrote to its error stream.
    member _.LastLines = lock lastLines (fun () -> String.Join('\n', lastLines))

    /// Asks it to stop at its next checkpoint.
    member _.Stop() =
        try
            child.StandardInput.WriteLine "stop"
            child.StandardInput.Flush()
        with :? IOException ->
            // It has ended already, which its Exited event says.
            ()

    /// Ends it at once.
    member _.Kill() =
        try
            child.Kill()
        with
        | :? InvalidOperationException
        | :? Win32Exception ->
            // It has ended already, which its Exited event says.
            ()

    interface IDisposable with
        member _.Dispose() = child.Dispose()

module WorkerProcess =
    // The worker is this same program, whether it runs by itself or inside the dotnet host. A script's process is F#
    // Interactive, which is no worker; the program is then the assembly that the script refers to.
    let private program () =
        let host = Environment.ProcessPath |> Option.ofObj |> Option.defaultValue "dotnet"

        if Interactive.isSession () then
            host, [ typeof<WorkerProcess>.Assembly.Location ]
        elif Path.GetFileNameWithoutExtension host = "dotnet" then
            host, [ Environment.GetCommandLineArgs()[0] ]
        else
            host, []

    /// How to start a worker with these arguments, on some of the GPUs alone where they are named.
    let startInfo (threads: int) (visibleGpus: string option) (arguments: string list) =
        let start =
            if Interactive.isSession () && Bridge.isExtended () then
                // What the script adds is known only where the script runs.
                Interactive.again arguments
            else
                let host, prefix = program ()
                let start = ProcessStartInfo(host)

                for argument in prefix @ arguments do
                    start.ArgumentList.Add argument

                start

        // Libraries under torch read their own thread counts, and before the program could set them.
        for variable in [ "OMP_NUM_THREADS"; "OPENBLAS_NUM_THREADS"; "MKL_NUM_THREADS" ] do
            start.Environment[variable] <- string threads

        // A training's forward and backward passes run on two threads with a team of OpenMP's each. The one that waits would
        // keep its cores busy, and with several threads a step takes twice as long by the clock.
        if threads > 1 then
            start.Environment.TryAdd("OMP_WAIT_POLICY", "PASSIVE") |> ignore

        // The runtime shares its own work among as many (hexadecimal): loops over images and pixels, and its locks' waiting.
        start.Environment["DOTNET_PROCESSOR_COUNT"] <- threads.ToString "X"

        // cuBLAS reads it when a GPU is first used, and repeats its sums only with it.
        start.Environment.TryAdd("CUBLAS_WORKSPACE_CONFIG", ":4096:8") |> ignore

        // A killed process would leave its sockets for debuggers in the temporary folder; whoever wants to look into workers
        // sets it to 1.
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0") |> ignore

        visibleGpus
        |> Option.iter (fun gpus -> start.Environment["CUDA_VISIBLE_DEVICES"] <- gpus)

        start.Environment[Provenance.commandVariable] <- Provenance.command ()
        start

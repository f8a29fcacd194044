namespace Orchestrator.Experiments.Tests.Cli

open System
open System.Diagnostics
open System.IO

/// The program as a process of its own.
[<RequireQualifiedAccess>]
module ProgramProcess =

    let private start folder (arguments: string list) =
        let start =
            ProcessStartInfo(
                "dotnet",
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            )

        for argument in Path.Combine(AppContext.BaseDirectory, "orchestrator.dll") :: arguments do
            start.ArgumentList.Add argument

        Process.Start start
        |> Option.ofObj
        |> Option.defaultWith (fun () -> invalidOp "the program does not start")

    /// Starts it and lends it to a test before it ends; then its exit code, output and error output.
    let runWith folder arguments (meanwhile: Process -> unit) =
        use running = start folder arguments
        let output = running.StandardOutput.ReadToEndAsync()
        let errors = running.StandardError.ReadToEndAsync()
        meanwhile running
        running.WaitForExit()
        running.ExitCode, output.Result, errors.Result

    /// Runs it to its end in a folder: its exit code, output and error output.
    let run folder arguments = runWith folder arguments ignore

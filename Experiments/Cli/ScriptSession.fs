namespace Orchestrator.Experiments.Cli

open System
open System.Collections
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Manifest

/// Commands that need what a script adds are handed to F# Interactive, where the script runs first.
[<RequireQualifiedAccess>]
module ScriptSession =

    [<DllImport("libc", SetLastError = true)>]
    extern int private execve(string path, string[] arguments, string[] environment)

    /// Commands whose operand may be a script in the place of a manifest.
    let private ofManifests = [ "run"; "plan"; "manifest"; "describe" ]

    /// Commands that name a script beside what they are about.
    let private ofResults = [ "verify"; "report"; "compare" ]

    let private option = "--script"

    // `dotnet fsi` starts a process under a process: a signal to the first would not reach the second. Where the
    // assembly of F# Interactive is found, it is run without one.
    let private interactive () =
        let root =
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))

        let version =
            use asked =
                new Process(
                    StartInfo =
                        ProcessStartInfo(Path.Combine(root, "dotnet"), "--version", RedirectStandardOutput = true)
                )

            asked.Start() |> ignore
            let said = asked.StandardOutput.ReadToEnd().Trim()
            asked.WaitForExit()
            said

        let host = Path.Combine(root, "dotnet")
        let assembly = Path.Combine(root, "sdk", version, "FSharp", "fsi.dll")
        host, (if File.Exists assembly then assembly else "fsi")

    let private variables (arguments: string list) = [
        Interactive.commandVariable, JsonSerializer.Serialize(List.toArray arguments)
        Provenance.commandVariable, String.Join(' ', arguments)
    ]

    let private asChild (host: string) (words: string list) (arguments: string list) =
        let start = ProcessStartInfo host

        for word in words do
            start.ArgumentList.Add word

        for name, value in variables arguments do
            start.Environment[name] <- value

        use child = new Process(StartInfo = start)
        child.Start() |> ignore
        child.WaitForExit()
        child.ExitCode

    // The process becomes the session: signals, the terminal and the exit code are then the session's own.
    let private become (host: string) (words: string list) (arguments: string list) =
        let changed = variables arguments

        let environment = [|
            for entry in Environment.GetEnvironmentVariables() |> Seq.cast<DictionaryEntry> do
                if changed |> List.forall (fun (name, _) -> name <> string entry.Key) then
                    $"{entry.Key}={entry.Value}"
            for name, value in changed do
                $"{name}={value}"
        |]

        // C's arrays end with a null.
        let ended (texts: string array) =
            Array.append texts [| Unchecked.defaultof<string> |]

        execve (host, ended (List.toArray (host :: words)), ended environment) |> ignore
        // It only comes back where it failed.
        asChild host words arguments

    let private handOver (script: string) (arguments: string list) =
        let host, assembly = interactive ()
        let words = [ assembly; "--quiet"; "--exec"; script ]

        if OperatingSystem.IsWindows() then
            asChild host words arguments
        else
            become host words arguments

    let private named (arguments: string list) =
        match List.tryFindIndex ((=) option) arguments with
        | Some index when index + 1 < arguments.Length ->
            let before, after = List.splitAt index arguments
            Some(after[1], before @ List.skip 2 after)
        | _ -> None

    let private operand (arguments: string list) =
        arguments
        |> List.skip 1
        |> List.tryFind (fun argument -> ScriptFile.isScript argument && File.Exists argument)

    /// Hands a command line to the session of the script that it needs, and answers the exit code; None where it needs
    /// none, or this process is that session already.
    let tryHandOver (arguments: string array) : int option =
        let arguments = List.ofArray arguments

        match arguments with
        | _ when Interactive.isSession () -> None
        | command :: _ when List.contains command ofResults ->
            named arguments
            |> Option.map (fun (script, rest) ->
                if File.Exists script then
                    handOver script rest
                else
                    ProblemLines.print Console.Error [ Problem(script, "there is no such script", "Check the path.") ])
        | command :: _ when List.contains command ofManifests ->
            operand arguments
            |> Option.filter ScriptFile.isExtended
            |> Option.map (fun script -> handOver script arguments)
        | _ -> None

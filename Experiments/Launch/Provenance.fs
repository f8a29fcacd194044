/// What an attempt was made with and on: enough to explain a difference years later.
module Orchestrator.Experiments.Launch.Provenance

open System
open System.Diagnostics
open System.IO
open System.Reflection
open System.Runtime.InteropServices
open System.Text.Json

/// The program's version.
let version =
    Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()
    |> Option.ofObj
    |> Option.map _.InformationalVersion
    |> Option.defaultValue "unknown"

let private git (folder: string) (arguments: string list) =
    let start =
        ProcessStartInfo("git", RedirectStandardOutput = true, RedirectStandardError = true)

    for argument in [ "--no-optional-locks"; "-C"; folder ] @ arguments do
        start.ArgumentList.Add argument

    try
        use child = new Process(StartInfo = start)
        child.Start() |> ignore
        child.BeginErrorReadLine()
        let output = child.StandardOutput.ReadToEnd().Trim()
        child.WaitForExit()
        if child.ExitCode = 0 then Some output else None
    // A machine without git has a version, but no commit to show.
    with :? ComponentModel.Win32Exception ->
        None

let rec private repository (folder: string) =
    if Path.Exists(Path.Combine(folder, ".git")) then
        Some folder
    else
        Path.GetDirectoryName folder |> Option.ofObj |> Option.bind repository

/// The commit that the program was built from, with "+changes" where files differ from it.
let commit () =
    // Not the base folder of the process, which in a script's is that of F# Interactive.
    Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)
    |> Option.ofObj
    |> Option.bind repository
    |> Option.bind (fun folder ->
        git folder [ "rev-parse"; "HEAD" ]
        |> Option.map (fun head ->
            match git folder [ "status"; "--porcelain"; "--untracked-files=no" ] with
            | Some "" -> head
            | _ -> head + "+changes"))

let private firstMatch (path: string) (prefix: string) =
    if File.Exists path then
        File.ReadLines path
        |> Seq.tryFind _.StartsWith(prefix, StringComparison.Ordinal)
        |> Option.map (fun line -> line.Substring(line.IndexOf(':') + 1).Trim())
    else
        None

/// The processor's name.
let processor () =
    firstMatch "/proc/cpuinfo" "model name"
    |> Option.defaultValue (string RuntimeInformation.ProcessArchitecture)

/// The variable that tells a worker the command that a person typed.
let commandVariable = "ORCHESTRATOR_COMMAND"

/// The command that a person typed: the coordinator's, also in its workers.
let command () =
    Environment.GetEnvironmentVariable commandVariable
    |> Option.ofObj
    |> Option.defaultWith (fun () -> String.Join(' ', Array.skip 1 (Environment.GetCommandLineArgs())))

/// The facts as one JSON object: the program, the machine, and what the torch provider says of itself.
let describe (torch: (string * string) list) (device: string) (threads: int) =
    let memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576L

    [
        "program", version
        "commit", commit () |> Option.defaultValue "unknown"
        "processor", processor ()
        "cores", string Environment.ProcessorCount
        "memory_mib", string memory
        "system", RuntimeInformation.OSDescription
        "runtime", RuntimeInformation.FrameworkDescription
        "host", Environment.MachineName
        "device", device
        "threads", string threads
        "command", command ()
    ]
    @ torch
    |> dict
    |> JsonSerializer.Serialize

/// The memory of processes and of the machine, as the kernel tells it.
module Orchestrator.Experiments.Launch.ProcessMemory

open System
open System.Diagnostics
open System.Globalization
open System.IO
open Orchestrator.Experiments.Store

/// The bytes of a line such as "VmHWM:   1024 kB".
let field (name: string) (lines: string list) : int64 option =
    lines
    |> List.tryFind (fun line -> line.StartsWith(name + ":", StringComparison.Ordinal))
    |> Option.bind (fun line ->
        let digits = line |> String.filter Char.IsAsciiDigit

        match Int64.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, kibibytes -> Some(kibibytes * 1024L)
        | _ -> None)

/// What a process holds in memory now.
let resident (processId: int) : int64 option =
    KernelFiles.lines $"/proc/{processId}/status" |> field "VmRSS"

/// Forgets this process's peak, so that the next one is of what follows.
let forgetPeak () =
    let path = "/proc/self/clear_refs"

    try
        if File.Exists path then
            File.WriteAllText(path, "5")
    with
    // Where it is forbidden the peak is that of the whole life of the process, which is more and never less.
    | :? UnauthorizedAccessException
    | :? IOException -> ()

/// The most that this process held since its peak was forgotten.
let peak () : int64 =
    match KernelFiles.lines "/proc/self/status" |> field "VmHWM" with
    | Some bytes -> bytes
    | None ->
        use self = Process.GetCurrentProcess()
        self.PeakWorkingSet64

let private number (path: string) =
    match KernelFiles.lines path with
    | [ text ] ->
        match Int64.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, bytes -> Some bytes
        | _ -> None
    | _ -> None

// What a container may still take: its limit less what it holds, but for the files that the kernel can let go.
let private leftOfLimit () =
    let folder = "/sys/fs/cgroup"

    let files =
        KernelFiles.lines $"{folder}/memory.stat"
        |> List.tryPick (fun line ->
            match line.Split ' ' with
            | [| "inactive_file"; bytes |] -> Some(int64 bytes)
            | _ -> None)
        |> Option.defaultValue 0L

    match number $"{folder}/memory.max", number $"{folder}/memory.current" with
    | Some limit, Some current -> Some(limit - current + files)
    | _ -> None

/// The memory that programs can still take on this machine, or in this container; None where nothing tells.
let available () : int64 option =
    match KernelFiles.lines "/proc/meminfo" |> field "MemAvailable", leftOfLimit () with
    | Some machine, Some container -> Some(min machine container)
    | machine, container -> Option.orElse container machine

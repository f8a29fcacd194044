namespace Orchestrator.Experiments.Launch

open System
open System.IO

/// A process that cannot be mistaken for a later one with the same number.
type ProcessIdentity = {
    Host: string
    ProcessId: int
    /// Boot, process namespace, process number and start time; comparable only within one boot and namespace.
    Key: string
}

module ProcessIdentity =
    // The fields after the command's name, which can itself hold blanks and brackets.
    let private fields processId =
        let path = $"/proc/{processId}/stat"

        try
            let text = File.ReadAllText path
            text.Substring(text.LastIndexOf(')') + 2).Split(' ') |> Some
        with
        | :? FileNotFoundException
        | :? DirectoryNotFoundException -> None
        // The process ended between the opening and the reading.
        | :? IOException -> None

    let private place =
        lazy
            (let boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()

             let space =
                 FileInfo("/proc/self/ns/pid").LinkTarget
                 |> Option.ofObj
                 |> Option.defaultValue "pid"

             $"{boot}|{space}")

    let private keyOf processId (stat: string[]) =
        $"{place.Force()}|{processId}|{stat[19]}"

    /// This process.
    let current () =
        let processId = Environment.ProcessId

        let key =
            match fields processId with
            | Some stat -> keyOf processId stat
            | None -> $"{Environment.MachineName}|{processId}"

        {
            Host = Environment.MachineName
            ProcessId = processId
            Key = key
        }

    /// True when the process certainly ended: it belonged to this boot and namespace, and is no more (or is a zombie).
    let isGone (processId: int) (key: string) =
        if
            not (File.Exists "/proc/self/stat")
            || not (key.StartsWith(place.Force() + "|", StringComparison.Ordinal))
        then
            false
        else
            match fields processId with
            | None -> true
            | Some stat -> stat[0] = "Z" || stat[0] = "X" || keyOf processId stat <> key

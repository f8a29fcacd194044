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

/// What a process's first thread does, on which it works.
type ProcessorUse = {
    /// It works, or would if a core were free: it waits for nothing else.
    IsRunnable: bool
    /// Of a processor, since it began.
    Used: TimeSpan
}

module ProcessIdentity =
    // The fields after the command's name, which can itself hold blanks and brackets.
    let private fieldsIn (path: string) =
        try
            let text = File.ReadAllText path
            text.Substring(text.LastIndexOf(')') + 2).Split(' ') |> Some
        with
        | :? FileNotFoundException
        | :? DirectoryNotFoundException -> None
        // The process ended between the opening and the reading.
        | :? IOException -> None

    let private fields (processId: int) = fieldsIn $"/proc/{processId}/stat"

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

    let private isOfHere (key: string) =
        File.Exists "/proc/self/stat"
        && key.StartsWith(place.Force() + "|", StringComparison.Ordinal)

    // The kernel's unit there is a hundredth of a second; proc_pid_stat(5) counts fields from 1, and here the third is first.
    let private ticks (stat: string[]) number =
        TimeSpan.FromMilliseconds(10. * float stat[number - 3])

    /// What a process does with its processor; None where it cannot be seen from here.
    let processorUse (processId: int) (key: string) : ProcessorUse option =
        if
            isOfHere key
            && fields processId |> Option.exists (fun stat -> keyOf processId stat = key)
        then
            fieldsIn $"/proc/{processId}/task/{processId}/stat"
            |> Option.map (fun stat -> {
                IsRunnable = stat[0] = "R"
                Used = ticks stat 14 + ticks stat 15
            })
        else
            None

    /// True when the process certainly ended: it belonged to this boot and namespace, and is no more (or is a zombie).
    let isGone (processId: int) (key: string) =
        if not (isOfHere key) then
            false
        else
            match fields processId with
            | None -> true
            | Some stat -> stat[0] = "Z" || stat[0] = "X" || keyOf processId stat <> key

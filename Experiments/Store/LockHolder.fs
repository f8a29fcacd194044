namespace Orchestrator.Experiments.Store

open System
open Orchestrator.Core.Contracts

/// A process that keeps others from writing to the results database.
type LockHolder = { Host: string; ProcessId: int }

module LockHolder =
    // Its file holds the arguments with a zero after each.
    let private command (processId: int) =
        KernelFiles.lines $"/proc/{processId}/cmdline"
        |> String.concat " "
        |> _.Replace('\000', ' ').Trim()

    // T: a signal (Ctrl-Z) or a debugger stopped it. proc_pid_status(5)
    let private isSuspended (processId: int) =
        KernelFiles.lines $"/proc/{processId}/status"
        |> List.exists (fun line -> line.StartsWith("State:\tT", StringComparison.OrdinalIgnoreCase))

    let private named (processId: int) =
        match command processId with
        | "" -> $"process {processId}"
        | command when command.Length > 80 -> $"process {processId} ({command.Substring(0, 80)}…)"
        | command -> $"process {processId} ({command})"

    let private isHere holder = holder.Host = Environment.MachineName

    /// Which process it is, for people.
    let describe (holder: LockHolder option) =
        match holder with
        | None -> "another process"
        | Some holder when not (isHere holder) -> $"process {holder.ProcessId} on {holder.Host}"
        | Some holder when isSuspended holder.ProcessId -> $"{named holder.ProcessId}, which is suspended,"
        | Some holder -> named holder.ProcessId

    /// What can be done about it.
    let remedy (holder: LockHolder option) =
        match holder with
        | None -> "End a hung sqlite3 shell or backup"
        | Some holder when not (isHere holder) -> "See there what it waits for, or end it"
        | Some holder when isSuspended holder.ProcessId ->
            $"Let it go on (kill -CONT {holder.ProcessId}) or end it (kill -KILL {holder.ProcessId})"
        | Some holder -> $"End it if it hangs (kill {holder.ProcessId})"

    /// What to say where nobody waits any longer.
    let problem place (holder: LockHolder option) =
        Problem(
            place,
            $"{describe holder} keeps the database locked",
            $"{remedy holder}, and run the command again: nothing was lost."
        )

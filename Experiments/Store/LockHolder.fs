namespace Orchestrator.Experiments.Store

open System
open System.IO
open Orchestrator.Core.Contracts

/// A process that keeps others from writing to the results database.
type LockHolder = { Host: string; ProcessId: int }

module LockHolder =
    let private lines path =
        try
            File.ReadAllLines path
        with
        | :? IOException
        | :? UnauthorizedAccessException -> [||]

    // Its file holds the arguments with a zero after each.
    let private command (processId: int) =
        lines $"/proc/{processId}/cmdline"
        |> String.concat " "
        |> _.Replace('\000', ' ').Trim()

    // T: a signal (Ctrl-Z) or a debugger stopped it. proc_pid_status(5)
    let private isSuspended (processId: int) =
        lines $"/proc/{processId}/status"
        |> Array.exists (fun line -> line.StartsWith("State:\tT", StringComparison.OrdinalIgnoreCase))

    let private described holder =
        match command holder.ProcessId with
        | "" -> $"process {holder.ProcessId}"
        | command when command.Length > 80 -> $"process {holder.ProcessId} ({command.Substring(0, 80)}…)"
        | command -> $"process {holder.ProcessId} ({command})"

    /// What to say of a database that stayed locked for longer than anybody should wait.
    let problem place (holder: LockHolder option) =
        let waited = "the database stayed locked for a minute"

        match holder with
        | None ->
            Problem(
                place,
                waited,
                "Another process holds it: end a hung sqlite3 shell or backup and run the command again."
            )
        | Some holder when holder.Host <> Environment.MachineName ->
            Problem(
                place,
                $"{waited} by process {holder.ProcessId} on {holder.Host}",
                "See there what it waits for, or end it, and run the command again: nothing was lost."
            )
        | Some holder when isSuspended holder.ProcessId ->
            Problem(
                place,
                $"{waited} by {described holder}, which is suspended",
                $"Let it go on (kill -CONT {holder.ProcessId}) or end it (kill -KILL {holder.ProcessId}), and run the command again: nothing was lost."
            )
        | Some holder ->
            Problem(
                place,
                $"{waited} by {described holder}",
                $"End it if it hangs (kill {holder.ProcessId}), and run the command again: nothing was lost."
            )

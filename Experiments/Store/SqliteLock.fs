/// Finds the process that writes to an SQLite database, from the kernel's own list of locks.
module internal Orchestrator.Experiments.Store.SqliteLock

open System
open System.Globalization
open System.IO

// WAL_WRITE_LOCK, the first of the locks in the file beside a database that its processes share (SQLite, "WAL-mode File
// Format", 2.2.2).
let private writeLock = 120L

// 1: POSIX  ADVISORY  WRITE 4711 00:2f:815 120 120
let private writerIn (line: string) =
    match line.Split(' ', StringSplitOptions.RemoveEmptyEntries) with
    | [| _; "POSIX"; _; "WRITE"; processId; _; first; last |] ->
        let last =
            if last = "EOF" then
                Int64.MaxValue
            else
                Int64.Parse(last, CultureInfo.InvariantCulture)

        if
            Int64.Parse(first, CultureInfo.InvariantCulture) <= writeLock
            && writeLock <= last
        then
            Some(Int32.Parse(processId, CultureInfo.InvariantCulture))
        else
            None
    | _ -> None

let private hasOpen (file: string) (processId: int) =
    try
        Directory.EnumerateFiles $"/proc/{processId}/fd"
        |> Seq.exists (fun descriptor -> FileInfo(descriptor).LinkTarget = file)
    with
    // It ended meanwhile, or is another user's.
    | :? IOException
    | :? UnauthorizedAccessException -> false

/// The process of this machine that has the database locked for writing; None where there is none or it cannot be seen.
let holder (path: string) : LockHolder option =
    let shared = KernelFiles.realPath path + "-shm"

    KernelFiles.lines "/proc/locks"
    |> Seq.choose writerIn
    |> Seq.filter (hasOpen shared)
    |> Seq.tryHead
    |> Option.map (fun processId -> {
        Host = Environment.MachineName
        ProcessId = processId
    })

/// Files in which the kernel tells about processes, locks and mounts.
module internal Orchestrator.Experiments.Store.KernelFiles

open System
open System.IO

/// The lines of such a file; none where it cannot be read. A process can end between two reads, may be another user's,
/// and another system has no such files.
let lines (path: string) : string list =
    try
        if File.Exists path then
            List.ofArray (File.ReadAllLines path)
        else
            []
    with
    | :? IOException
    | :? UnauthorizedAccessException -> []

/// The path as the kernel writes it: whole, and without symbolic links.
let rec realPath (path: string) : string =
    let full = Path.GetFullPath path

    match Path.GetDirectoryName full with
    | null -> full
    | parent ->
        let here = Path.Combine(realPath parent, Path.GetFileName full |> string)

        match Directory.ResolveLinkTarget(here, false) with
        | null -> here
        | target -> realPath target.FullName

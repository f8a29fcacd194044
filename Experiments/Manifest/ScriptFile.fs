namespace Orchestrator.Experiments.Manifest

open System
open System.Collections.Concurrent
open System.Diagnostics
open System.IO
open Orchestrator.Core.Contracts

/// What a script stands for.
type ScriptSweep = {
    Manifest: string
    /// The scripts, with digests of their texts, that add to the catalogues; the manifest needs them.
    Extensions: string list
}

/// A script in the place of a manifest: it is run up to its first Sweep.run, which hands its sweep over as a manifest.
[<RequireQualifiedAccess>]
module ScriptFile =

    /// Names the file that Sweep.run writes the manifest to instead of training it.
    let manifestVariable = "ORCHESTRATOR_SCRIPT_MANIFEST"

    let private extensionsBeside (manifest: string) = manifest + ".extensions"

    /// Writes what a script stands for to where it was asked for.
    let write (manifest: string) (sweep: ScriptSweep) =
        File.WriteAllText(manifest, sweep.Manifest)
        File.WriteAllLines(extensionsBeside manifest, sweep.Extensions)

    /// True for a file that holds a script.
    let isScript (file: string) =
        file.EndsWith(".fsx", StringComparison.OrdinalIgnoreCase)

    let private interactive (file: string) (manifest: string) =
        let start =
            ProcessStartInfo("dotnet", RedirectStandardError = true, RedirectStandardOutput = true)

        for argument in [ "fsi"; "--quiet"; "--exec"; file ] do
            start.ArgumentList.Add argument

        start.Environment[manifestVariable] <- manifest
        start

    let private ran (file: string) manifest =
        match Process.Start(interactive file manifest) with
        | null ->
            Error [
                Problem(file, "dotnet fsi could not be started", "Check that the .NET SDK is on the PATH.")
            ]
        | started ->
            use session = started
            let said = session.StandardError.ReadToEndAsync()
            let printed = session.StandardOutput.ReadToEndAsync()
            session.WaitForExit()
            printed.Wait()

            if session.ExitCode <> 0 then
                Error [
                    Problem(
                        file,
                        $"the script failed:\n{said.Result.Trim()}",
                        "Correct it; 'dotnet fsi' runs it by itself."
                    )
                ]
            elif not (File.Exists manifest) then
                Error [
                    Problem(file, "the script ended without Sweep.run", "Let it end with Sweep.run and its sweep.")
                ]
            else
                Ok {
                    Manifest = File.ReadAllText manifest
                    Extensions = File.ReadAllLines(extensionsBeside manifest) |> List.ofArray
                }

    let private read (file: string) : Result<ScriptSweep, Problem list> =
        if not (File.Exists file) then
            Error [ Problem(file, "there is no such file", "Check the path.") ]
        else
            let folder = Directory.CreateTempSubdirectory "orchestrator-script"

            try
                ran file (Path.Combine(folder.FullName, "manifest.yaml"))
            finally
                folder.Delete true

    // Whether a script adds to the catalogues is asked before what it stands for; it is run once for both.
    let private known =
        ConcurrentDictionary<string * DateTime, Result<ScriptSweep, Problem list>>()

    let private readOnce (file: string) =
        known.GetOrAdd((Path.GetFullPath file, File.GetLastWriteTimeUtc file), (fun _ -> read file))

    /// The manifest of the sweep that a script runs.
    let manifest (file: string) : Result<string, Problem list> = readOnce file |> Result.map _.Manifest

    /// True where the script adds models, metrics or the like, which its manifest needs.
    let isExtended (file: string) =
        match readOnce file with
        | Ok sweep -> not sweep.Extensions.IsEmpty
        | Error _ -> false

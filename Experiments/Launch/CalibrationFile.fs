/// Where what was measured on a machine is kept, so that it is measured once.
module Orchestrator.Experiments.Launch.CalibrationFile

open System
open System.IO
open System.Security.Cryptography
open System.Text
open Orchestrator.Core.Data
open Orchestrator.Experiments.Plan

// Older measurements give place to newer ones.
let private most = 1000

/// The file of a machine's measurements by workers of these threads on this device. Another processor, another torch or
/// another version of the program measures anew.
let path (torch: (string * string) list) (device: string) (threads: int) : string =
    let facts =
        [
            Provenance.processor ()
            string Environment.ProcessorCount
            Provenance.version
            device
            string threads
        ]
        @ (torch |> List.map (fun (name, value) -> $"{name}={value}"))

    let digest =
        String.Join('\n', facts)
        |> Encoding.UTF8.GetBytes
        |> SHA256.HashData
        |> Convert.ToHexStringLower

    let data = DataLocations.FromEnvironment(null).Cache
    let root = data |> Path.GetDirectoryName |> Option.ofObj |> Option.defaultValue data
    Path.Combine(root, "probes", $"{digest.Substring(0, 16)}.json")

/// What the file holds; nothing when it is not there or was damaged.
let read (path: string) : Calibration =
    try
        if File.Exists path then
            File.ReadAllText path
            |> ProbeMessage.tryRead<Calibration>
            |> Option.defaultValue Calibration.empty
        else
            Calibration.empty
    with
    // A cache that cannot be read is measured anew.
    | :? IOException
    | :? UnauthorizedAccessException -> Calibration.empty

/// Keeps measurements for the next time; answers why it could not, if it could not.
let write (path: string) (calibration: Calibration) : string option =
    let kept = {
        calibration with
            Measured = List.truncate most calibration.Measured
            Shares = []
    }

    try
        path |> Path.GetDirectoryName |> string |> Directory.CreateDirectory |> ignore
        let aside = $"{path}.{Environment.ProcessId}.new"
        File.WriteAllText(aside, ProbeMessage.write kept)
        File.Move(aside, path, true)
        None
    with
    | :? IOException
    | :? UnauthorizedAccessException as error -> Some error.Message

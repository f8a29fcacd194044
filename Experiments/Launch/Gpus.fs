/// The GPUs of this machine, and how workers share them.
module Orchestrator.Experiments.Launch.Gpus

open System
open System.ComponentModel
open System.Diagnostics
open System.Globalization

/// A GPU that this process may use.
type Gpu = {
    /// What CUDA_VISIBLE_DEVICES calls it.
    Name: string
    /// None where nothing tells.
    FreeBytes: int64 option
}

/// The variable that says which GPUs a program may use.
let variable = "CUDA_VISIBLE_DEVICES"

// A quarter of a gigabyte for what the driver and other programs take beside the trials.
let private spare = 256L * 1024L * 1024L

/// What CUDA_VISIBLE_DEVICES calls each of so many GPUs that torch sees: the words of the variable where it is set, else
/// their numbers. Torch counts as the variable lists them.
let names (visible: string option) (count: int) : string list =
    match visible with
    | Some listed when listed.Trim() <> "" ->
        listed.Split(',', StringSplitOptions.TrimEntries ||| StringSplitOptions.RemoveEmptyEntries)
        |> List.ofArray
        |> List.truncate count
    | _ -> List.init count string

/// The free and used bytes of each GPU by index and by UUID, out of nvidia-smi's lines "index, uuid, total, used" in MiB.
let parse (output: string) : Map<string, int64 * int64> =
    let number (text: string) =
        match Int64.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, mebibytes -> Some(mebibytes * 1024L * 1024L)
        | _ -> None

    output.Split '\n'
    |> Seq.collect (fun line ->
        match line.Split(',', StringSplitOptions.TrimEntries) with
        | [| index; uuid; total; used |] ->
            match number total, number used with
            | Some total, Some used -> [ index, (total - used, used); uuid, (total - used, used) ]
            | _ -> []
        | _ -> [])
    |> Map.ofSeq

let private query () =
    let start =
        ProcessStartInfo("nvidia-smi", RedirectStandardOutput = true, RedirectStandardError = true)

    for argument in
        [
            "--query-gpu=index,uuid,memory.total,memory.used"
            "--format=csv,noheader,nounits"
        ] do
        start.ArgumentList.Add argument

    try
        use child = new Process(StartInfo = start)
        child.Start() |> ignore
        child.BeginErrorReadLine()
        let output = child.StandardOutput.ReadToEnd()
        child.WaitForExit()
        if child.ExitCode = 0 then output else ""
    // A machine without the driver's tool tells nothing of its GPUs' memory.
    with :? Win32Exception ->
        ""

let private visible () =
    Environment.GetEnvironmentVariable variable |> Option.ofObj

/// The GPUs of this machine that torch counted.
let find (count: int) : Gpu list =
    if count = 0 then
        []
    else
        let memory = parse (query ())

        names (visible ()) count
        |> List.map (fun name -> {
            Name = name
            FreeBytes = Map.tryFind name memory |> Option.map fst
        })

/// The memory in use on a device of this process; None on a CPU, or where nothing tells.
let usedBytes (device: string) : int64 option =
    if not (device.StartsWith("cuda", StringComparison.Ordinal)) then
        None
    else
        let number =
            match device.Split ':' with
            | [| _; index |] -> int index
            | _ -> 0

        names (visible ()) (number + 1)
        |> List.tryItem number
        |> Option.bind (fun name -> Map.tryFind name (parse (query ())))
        |> Option.map snd

/// How many trials of this need a GPU holds at once: one at least, and one alone where nothing is known.
let capacity (need: int64) (gpu: Gpu) : int =
    match gpu.FreeBytes with
    | Some free when need > 0L -> max 1L ((free - spare) / need) |> min 1024L |> int
    | _ -> 1

/// Slots for workers on these GPUs: each GPU gets its first worker before any gets its second, and none more than it
/// holds. So many workers where they fit; as many as fit, and no more than the given number, where it is left open.
let slots (gpus: Gpu list) (need: int64) (workers: int) : WorkerSlot list =
    let slot (gpu: Gpu) = {
        Device = "cuda:0"
        VisibleGpus = Some gpu.Name
    }

    let rooms = gpus |> List.map (fun gpu -> gpu, capacity need gpu)
    let deepest = rooms |> List.map snd |> List.fold max 0

    [
        for round in 1..deepest do
            for gpu, room in rooms do
                if room >= round then
                    slot gpu
    ]
    |> List.truncate workers

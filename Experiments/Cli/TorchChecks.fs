/// What the torch provider says of itself, and what its threads really do.
module Orchestrator.Experiments.Cli.TorchChecks

open System
open System.Diagnostics
open System.IO
open Orchestrator.Core.Devices
open TorchSharp

// Only the program's own provider can say where its libtorch lies and how it was built.
#if SYSTEM_TORCH
let private provider = "system"

let private version () =
    Orchestrator.LibTorch.TorchRuntime.Version

let private library () =
    Orchestrator.LibTorch.TorchRuntime.LibraryPath

// What computes: the same program rounds differently on a processor with other instructions.
let private kernels () = [
    "vector_instructions", Orchestrator.LibTorch.TorchRuntime.CpuCapability
    match Orchestrator.LibTorch.TorchRuntime.Blas with
    | "" -> ()
    | blas -> "blas", blas
]
#else
let private provider = "nuget"
let private version () = torch.__version__
let private library () = "the packages' libtorch"
let private kernels () = []
#endif

/// The provider's facts, for every attempt's provenance.
let facts () = [
    "torch_provider", provider
    "torch", version ()
    "torch_library", library ()
    yield! kernels ()
    match
        [
            for device in TorchDevice.Available() do
                if device <> "cpu" then
                    TorchDevice.Describe device
        ]
    with
    | [] -> ()
    | gpus -> "gpus", String.Join("; ", gpus)
]

/// How much faster a piece of work is on every core than on one; None where the machine is too busy to tell.
type Speedup =
    | Measured of float
    | TooNoisy

// The least of several times is the one that other programs disturbed least; a machine whose times at one setting
// differ by half has no quiet moment to offer.
let private rounds = 7

/// Judges the times that the same work took on one thread and on all, measured by turns.
let speedup (one: float list) (all: float list) =
    let quiet times =
        let sorted = List.sort times
        sorted[sorted.Length / 3] < 1.5 * sorted.Head

    if quiet one && quiet all then
        Measured(List.min one / List.min all)
    else
        TooNoisy

let private secondsOn threads (a: torch.Tensor) =
    torch.set_num_threads threads
    let clock = Stopwatch.StartNew()

    for _ in 1..3 do
        use _inner = torch.NewDisposeScope()
        torch.mm (a, a) |> ignore

    clock.Elapsed.TotalSeconds

/// The speedup of a matrix product that may use every core.
let measureThreads () =
    let before = torch.get_num_threads ()

    try
        use _scope = torch.NewDisposeScope()
        let a = torch.randn (700L, 700L)
        secondsOn Environment.ProcessorCount a |> ignore

        List.init rounds (fun _ -> secondsOn 1 a, secondsOn Environment.ProcessorCount a)
        |> List.unzip
        ||> speedup
    finally
        torch.set_num_threads before

let private threads () =
    let cores = Environment.ProcessorCount

    match measureThreads () with
    | TooNoisy -> DoctorChecks.fine "threads" "their use could not be measured: the machine is busy with other work"
    | Measured factor when cores > 1 && factor < 1.3 ->
        DoctorChecks.fine
            "threads"
            (FormattableString.Invariant
                $"a matrix product is {factor:F1} times as fast on {cores} threads: operators run on one thread, so workers fill the cores")
    | Measured factor ->
        DoctorChecks.fine
            "threads"
            (FormattableString.Invariant $"a matrix product is {factor:F1} times as fast on {cores} threads as on one")

// Which BLAS a system's alternatives chose shows only in what was loaded.
let private loadedBlas () =
    File.ReadLines "/proc/self/maps"
    |> Seq.tryPick (fun line ->
        let path = line.Substring(line.LastIndexOf(' ') + 1)

        if (Path.GetFileName path |> string).Contains("blas", StringComparison.Ordinal) then
            Some path
        else
            None)

let private blas () =
    match loadedBlas () with
    | Some path when path.Contains("/blas/", StringComparison.Ordinal) ->
        DoctorChecks.warning "BLAS" $"the reference BLAS ({path}), which is slow" "apt-get install libopenblas0-pthread"
    | Some path -> DoctorChecks.fine "BLAS" path
    | None -> DoctorChecks.fine "BLAS" "part of libtorch"

// The program works without a GPU: why there is none is part of the finding.
let private devices () =
    let names = TorchDevice.Available() |> Seq.map TorchDevice.Describe

    match Option.ofObj (TorchDevice.WhyNoCuda()) with
    | None -> String.Join("; ", names)
    | Some problem -> $"cpu. {problem.Cause}"

/// The checks of the provider; one that fails when libtorch cannot be loaded.
let all () =
    try
        let reason =
            Environment.GetEnvironmentVariable "ORCHESTRATOR_PROVIDER_REASON"
            |> Option.ofObj
            |> Option.map (fun text -> $"; {text}")
            |> Option.defaultValue ""

        [
            DoctorChecks.fine "torch" $"provider {provider}{reason}; libtorch {version ()} in {library ()}"
            DoctorChecks.fine "devices" (devices ())
            blas ()
            threads ()
        ]
    with
    | :? DllNotFoundException
    | :? TypeInitializationException
    | :? BadImageFormatException as error ->
        let cause = error.GetBaseException().Message

        [
            DoctorChecks.failing
                "torch"
                $"libtorch cannot be loaded: {cause}"
                "Run ./orchestrator, which sets it up; or: apt-get install libtorch-dev libopenblas0-pthread"
        ]

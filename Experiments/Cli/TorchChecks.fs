/// What the torch provider says of itself, and what its threads really do.
module Orchestrator.Experiments.Cli.TorchChecks

open System
open System.Diagnostics
open TorchSharp

// Only the program's own provider can say where its libtorch lies and how it was built.
#if SYSTEM_TORCH
let private provider = "system"
let private version () = Orchestrator.LibTorch.TorchRuntime.Version
let private library () = Orchestrator.LibTorch.TorchRuntime.LibraryPath
let private configuration () = Orchestrator.LibTorch.TorchRuntime.BuildConfiguration
#else
let private provider = "nuget"
let private version () = torch.__version__
let private library () = "the packages' libtorch"
let private configuration () = ""
#endif

/// The provider's facts, for every attempt's provenance.
let facts () = [ "torch_provider", provider; "torch", version (); "torch_library", library () ]

/// How many cores a matrix product keeps busy when it may use them all: CPU time over wall time.
let coresInUse () =
    let before = torch.get_num_threads ()
    torch.set_num_threads Environment.ProcessorCount

    try
        use _scope = torch.NewDisposeScope()
        let a = torch.randn (700L, 700L)
        torch.mm (a, a) |> ignore
        use self = Process.GetCurrentProcess()
        let busy = self.TotalProcessorTime
        let clock = Stopwatch.StartNew()

        while clock.ElapsedMilliseconds < 300L do
            use _inner = torch.NewDisposeScope()
            torch.mm (a, a) |> ignore

        self.Refresh()
        (self.TotalProcessorTime - busy) / clock.Elapsed
    finally
        torch.set_num_threads before

let private blas () =
    (configuration ()).Split('\n', ',')
    |> Array.map _.Trim()
    |> Array.tryFind (fun part -> part.StartsWith("BLAS_INFO=", StringComparison.Ordinal))
    |> Option.map (fun part -> part.Substring "BLAS_INFO=".Length)
    |> Option.defaultValue "not named by the library"

let private devices () =
    if torch.cuda.is_available () then
        let count = torch.cuda.device_count ()
        $"cpu, {count} CUDA devices"
    else
        "cpu"

/// The checks of the provider; one that fails when libtorch cannot be loaded.
let all () =
    try
        let reason =
            Environment.GetEnvironmentVariable "ORCHESTRATOR_PROVIDER_REASON"
            |> Option.ofObj
            |> Option.map (fun text -> $"; {text}")
            |> Option.defaultValue ""

        let busy = coresInUse ()
        let speed = FormattableString.Invariant $"{busy:F1} of {Environment.ProcessorCount} cores busy in a matrix product"

        [
            DoctorChecks.fine "torch" $"provider {provider}{reason}; libtorch {version ()} in {library ()}"
            DoctorChecks.fine "devices" (devices ())
            DoctorChecks.fine "BLAS" (blas ())
            if busy < 1.3 && Environment.ProcessorCount > 1 then
                DoctorChecks.fine "threads" $"{speed}: operators run on one thread, so workers fill the cores"
            else
                DoctorChecks.fine "threads" speed
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

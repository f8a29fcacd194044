/// What the torch provider says of itself, and what its threads really do.
module Orchestrator.Experiments.Cli.TorchChecks

open System
open System.Diagnostics
open System.IO
open TorchSharp

// Only the program's own provider can say where its libtorch lies and how it was built.
#if SYSTEM_TORCH
let private provider = "system"

let private version () =
    Orchestrator.LibTorch.TorchRuntime.Version

let private library () =
    Orchestrator.LibTorch.TorchRuntime.LibraryPath
#else
let private provider = "nuget"
let private version () = torch.__version__
let private library () = "the packages' libtorch"
#endif

/// The provider's facts, for every attempt's provenance.
let facts () = [ "torch_provider", provider; "torch", version (); "torch_library", library () ]

// Nanoseconds that this thread was on a processor; a busy machine does not change it, as it does wall time.
let private threadTime () =
    let text = File.ReadAllText "/proc/thread-self/schedstat"
    TimeSpan.FromMicroseconds(float (text.Split(' ')[0]) / 1000.)

/// How many threads share the work of a matrix product that may use every core: the process' processor time over the
/// calling thread's.
let threadsAtWork () =
    let before = torch.get_num_threads ()
    torch.set_num_threads Environment.ProcessorCount

    try
        use _scope = torch.NewDisposeScope()
        let a = torch.randn (700L, 700L)
        torch.mm (a, a) |> ignore
        use self = Process.GetCurrentProcess()
        let all = self.TotalProcessorTime
        let own = threadTime ()
        let clock = Stopwatch.StartNew()

        while clock.ElapsedMilliseconds < 300L do
            use _inner = torch.NewDisposeScope()
            torch.mm (a, a) |> ignore

        self.Refresh()
        (self.TotalProcessorTime - all) / (threadTime () - own)
    finally
        torch.set_num_threads before

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

        let threads = threadsAtWork ()

        let speed =
            FormattableString.Invariant
                $"a matrix product on {Environment.ProcessorCount} cores keeps {threads:F1} threads at work"

        [
            DoctorChecks.fine "torch" $"provider {provider}{reason}; libtorch {version ()} in {library ()}"
            DoctorChecks.fine "devices" (devices ())
            blas ()
            if threads < 1.3 && Environment.ProcessorCount > 1 then
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

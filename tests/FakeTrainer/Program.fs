/// The program's own commands over the predictable trainer.
module FakeTrainer.Program

open System
open System.IO
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan

let private option (arguments: string list) name =
    arguments
    |> List.pairwise
    |> List.tryPick (fun (key, value) -> if key = "--" + name then Some value else None)

// Tests of hung workers wait for a second and not for a minute.
let private liveness =
    match Environment.GetEnvironmentVariable "FAKE_LEAST_LEASE" with
    | null -> Liveness.standard
    | milliseconds -> {
        Liveness.standard with
            First = TimeSpan.FromMilliseconds(float milliseconds)
            Least = TimeSpan.FromMilliseconds(float milliseconds)
            Tick = TimeSpan.FromMilliseconds 50.
            Hold = TimeSpan.FromMilliseconds(float milliseconds)
      }

let private report (results: string) (sweep: string) =
    let path = ResultsFolder.report results sweep "report.html"
    File.WriteAllText(path, $"<p>{sweep}</p>")
    Ok path

// A test says how much memory each trial would need.
let private prices: Pricing.Prices =
    let cost bytes : Cost = {
        SecondsPerEpoch = 0.1
        SecondsPerReading = 0.
        SecondsPerTrial = 0.1
        SecondsPerWorker = 0.
        MemoryBytes = bytes
        GpuBytes = 0L
        DiskBytes = 1000L
        CheckpointBytes = 0L
    }

    {
        Calibration = Calibration.empty
        CostOf =
            fun _ ->
                Environment.GetEnvironmentVariable "FAKE_MEMORY"
                |> Option.ofObj
                |> Option.map (int64 >> cost)
        Speedup = fun _ _ -> None
        Source = "as the test says"
        Problems = []
    }

let private run arguments =
    let option = option arguments

    RunCommand.run
        {
            Plan =
                fun path _ ->
                    PredictablePlan.read path
                    |> Result.mapError (fun problems -> { Text = ""; Problems = problems })
            Rules = fun _ -> PredictablePlan.rules
            EnsureData = fun _ _ -> Ok()
            Staffing = {
                ResolveDevice = Ok
                Gpus = fun () -> []
                Price = fun _ _ -> prices
            }
            WriteReport = report
            Liveness = liveness
        }
        {
            Manifest = List.last arguments
            Results = option "results" |> Option.defaultValue "results"
            Data = None
            Workers = option "workers" |> Option.map int
            Threads = Some 1
            Device = None
            FailFast = List.contains "--fail-fast" arguments
            RetryFailed = (option "retry" = Some "failed")
            Json = false
            NoProbe = false
        }

let private worker arguments =
    let option = option arguments
    let given name = option name |> Option.defaultValue ""

    WorkerCommand.run
        {
            Train = PredictableTrainer.train
            Torch = fun () -> [ "torch", "none" ]
            Liveness = liveness
        }
        {
            Sweep = given "sweep"
            Results = given "results"
            Name = given "name"
            Data = None
            Threads = 1
            Device = "cpu"
        }

let private status arguments =
    StatusCommand.run {
        Sweep = option arguments "sweep"
        Results = option arguments "results" |> Option.defaultValue "results"
        Json = List.contains "--json" arguments
    }

let private doctor arguments =
    DoctorCommand.run TorchChecks.all Console.Out {
        Sweep = option arguments "sweep"
        Results = option arguments "results" |> Option.defaultValue "results"
        Data = option arguments "data"
        Json = List.contains "--json" arguments
    }

let private stop arguments =
    StopCommand.run Console.Out {
        Sweep = List.last arguments
        Results = option arguments "results" |> Option.defaultValue "results"
        Json = false
    }

let private verify arguments =
    VerifyCommand.run liveness Console.Out {
        Trial = List.last arguments
        Results = option arguments "results" |> Option.defaultValue "results"
        Data = None
        Json = false
    }

[<EntryPoint>]
let main arguments =
    match List.ofArray arguments with
    | "run" :: rest -> run rest
    | "worker" :: rest -> worker rest
    | "status" :: rest -> status rest
    | "doctor" :: rest -> doctor rest
    | "stop" :: rest -> stop rest
    | "verify" :: rest -> verify rest
    | [ "plan-many"; results; trials; epochs ] -> StoreLoad.plan results (int trials) (int epochs)
    | [ "write-rows"; results; epochs; figures ] -> StoreLoad.write results (int epochs) (int figures)
    | _ ->
        eprintfn "run, worker, status, doctor, stop or verify"
        1

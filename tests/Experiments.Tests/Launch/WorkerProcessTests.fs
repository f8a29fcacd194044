module Orchestrator.Experiments.Tests.Launch.WorkerProcessTests

open System.Diagnostics
open Orchestrator.Experiments.Launch
open Xunit

let private variable name threads =
    let start: ProcessStartInfo = WorkerProcess.startInfo threads None [ "worker" ]

    match start.Environment.TryGetValue name with
    | true, value -> Option.ofObj value
    | _ -> None

[<Fact>]
let ``A worker's libraries take the threads that it is given`` () =
    for name in [ "OMP_NUM_THREADS"; "OPENBLAS_NUM_THREADS"; "MKL_NUM_THREADS" ] do
        Assert.Equal(Some "3", variable name 3)

    Assert.Equal(Some "C", variable "DOTNET_PROCESSOR_COUNT" 12)

[<Fact>]
let ``Teams of several threads sleep while they wait, unless the environment says otherwise`` () =
    let own =
        System.Environment.GetEnvironmentVariable "OMP_WAIT_POLICY" |> Option.ofObj

    Assert.Equal(own, variable "OMP_WAIT_POLICY" 1)
    Assert.Equal(own |> Option.orElse (Some "PASSIVE"), variable "OMP_WAIT_POLICY" 2)

/// `orchestrator probe`: measures what trainings cost, started by plan and run.
module Orchestrator.Experiments.Cli.ProbeCommand

open System
open Orchestrator.Experiments.Launch

/// Runs the command and answers its exit code.
let run (services: Probe.ProbeServices) : int =
    Probe.run services Console.In Console.Out
    0

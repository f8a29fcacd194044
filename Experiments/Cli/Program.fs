module Orchestrator.Experiments.Cli.Program

[<EntryPoint>]
let main _ = 0

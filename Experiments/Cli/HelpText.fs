/// What `--help` prints: an overview for those who see the program for the first time, and each command's options.
module Orchestrator.Experiments.Cli.HelpText

open System
open Argu

let private begin' = [
    "Trains autoencoders in declared sweeps, keeps every figure, and writes one report."
    ""
    "Begin with"
    "  ./orchestrator run manifests/quickstart.yaml    train a small sweep and write its report"
    "  ./orchestrator new my-sweep.yaml                write a commented manifest of your own"
    "  ./orchestrator plan my-sweep.yaml               see what it asks for before a second of training"
    "  ./orchestrator                                  see where you are and what to do next"
    ""
    "Commands (orchestrator COMMAND --help shows a command's options)"
]

let private ending = [
    ""
    "Of the launcher, ./orchestrator, which sets up what is missing and builds what changed"
    "  test [core|experiments|e2e|setup ...] [--filter TEXT]   run the tests"
    "  check                                                   check formats"
    "  setup                                                   set up and build, no more"
    ""
    "A script, such as scripts/beta-against-depth.fsx, stands wherever a manifest does."
    "Exit codes: 0 all done, 1 usage or manifest, 2 internal fault, 3 failed trials, 130 interrupted: type it again."
]

let private commands (parser: ArgumentParser) =
    parser.GetSubCommandParsers()
    |> List.choose (fun command ->
        command.ParentInfo
        |> Option.map (fun info -> $"  {info.Name.Value, -11} {info.Description.Value}"))

let private named (parser: ArgumentParser) (arguments: string array) =
    parser.GetSubCommandParsers()
    |> List.tryFind (fun command ->
        match command.ParentInfo, Array.tryHead arguments with
        | Some info, Some first -> info.Name.Value = first
        | _ -> false)

/// The help that a command line asks for anywhere in it, or nothing where it asks for none.
let asked (parser: ArgumentParser) (arguments: string array) : string option =
    let isHelp argument =
        List.contains argument [ "--help"; "-h" ]
        || (arguments.Length = 1 && argument = "help")

    if not (Array.exists isHelp arguments) then
        None
    else
        match named parser arguments with
        | Some command -> Some(command.PrintUsage())
        | None -> begin' @ commands parser @ ending |> String.concat Environment.NewLine |> Some

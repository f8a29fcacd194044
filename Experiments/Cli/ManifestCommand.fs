/// `orchestrator manifest`: prints the sweep of a script, or of a manifest, as a manifest.
module Orchestrator.Experiments.Cli.ManifestCommand

open System
open System.IO
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest

/// Prints the manifest to the output, or what is wrong with it to the error output. Answers the exit code.
let run (output: TextWriter) (rules: Rules) (file: string) : int =
    match ManifestPlan.ofFile rules file with
    | Ok(plan, _) ->
        output.Write(Extensions.remark () + Printer.print rules plan.Sweep)
        0
    | Error refusal ->
        Console.Error.Write refusal.Text
        1

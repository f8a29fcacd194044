/// `orchestrator manifest`: prints the sweep of a script, or of a manifest, as a manifest.
module Orchestrator.Experiments.Cli.ManifestCommand

open System
open System.IO
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest

/// Prints the manifest to the output, or what is wrong with it to the error output. Answers the exit code.
let run (output: TextWriter) (rules: Rules) (json: bool) (file: string) : int =
    match ManifestPlan.ofFile rules file with
    | Ok(plan, _) ->
        let text = Extensions.remark () + Printer.print rules plan.Sweep

        if json then
            Json.print output {|
                Sweep = plan.Sweep.Name
                Manifest = text
                Extensions = Bridge.extensions ()
            |}
        else
            output.Write text

        0
    | Error refusal -> ProblemLines.say Console.Error refusal.Text refusal.Problems

namespace Orchestrator.Experiments.Cli

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan

/// Why a manifest gave no plan: as people read it, and as values.
type Refusal = { Text: string; Problems: Problem list }

/// A manifest's file as a plan.
[<RequireQualifiedAccess>]
module ManifestPlan =

    let private refuse file text diagnostics =
        let problem (diagnostic: Diagnostic) =
            Problem($"{file}:{diagnostic.Span.Line}:{diagnostic.Span.Column}", diagnostic.Cause, diagnostic.Remedy)

        Error {
            Text = Diagnostic.print file text diagnostics
            Problems = List.map problem diagnostics
        }

    let private parse rules file text =
        match Manifest.parse rules file text with
        | Ok manifest -> Ok manifest
        | Error diagnostics -> refuse file text diagnostics

    let private plan rules (manifest: Manifest) =
        match Planner.plan rules manifest.Sweep with
        | Ok plan -> Ok(plan, manifest.Text)
        | Error problems -> refuse manifest.File manifest.Text (Manifest.locate rules manifest problems)

    // A script's sweep is read as the manifest that it prints.
    let private load (file: string) =
        if ScriptFile.isScript file then
            ScriptFile.manifest file
        else
            Manifest.load file |> Result.mapError List.singleton

    let private refused (problems: Problem list) = {
        Text = problems |> List.map (fun problem -> $"{problem}\n") |> String.concat ""
        Problems = problems
    }

    // In a script's own process its sweep is at hand.
    let mutable private handedOver: (Rules -> Result<Plan * string, Problem list>) option =
        None

    /// Takes the sweep of the script that runs in this process: a command that names a script then means it.
    let handOver planning = handedOver <- Some planning

    /// The plan of a manifest's file, or of a script's, with the manifest's text.
    let ofFile (rules: Rules) (file: string) : Result<Plan * string, Refusal> =
        match handedOver with
        | Some planning when ScriptFile.isScript file -> planning rules |> Result.mapError refused
        | _ ->
            match load file with
            | Ok text -> parse rules file text |> Result.bind (plan rules)
            | Error problems -> Error(refused problems)

/// The sections that scripts add to the reports that their process writes.
module Orchestrator.Experiments.Report.CustomSections

open System
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

let mutable private registered: (string * (SweepResults -> CustomBlock list)) list = []

/// Adds a section; one of the same title replaces an earlier one.
let add (title: string) (build: SweepResults -> CustomBlock list) =
    registered <-
        (registered |> List.filter (fun (other, _) -> other <> title))
        @ [ title, build ]

/// Forgets all of them.
let clear () = registered <- []

// A report is worth having without a section that fails: the page says so in its place.
let private blocks build results : CustomBlock list =
    try
        build results
    with fault -> [
        CustomBlock.Paragraph $"The script could not make this section: {fault.Message}"
    ]

/// The sections of a sweep's results.
let build (results: SweepResults) : CustomSection list =
    registered
    |> List.mapi (fun index (title, build) ->
        CustomSection(FormattableString.Invariant $"custom-{index + 1}", title, Array.ofList (blocks build results)))

/// What tests of the whole page ask for.
module Orchestrator.Experiments.Tests.Report.SomePage

open System
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report.SomeSweep

let surroundings files : Report.Surroundings = {
    Catalogue = catalogue
    Occasion = Report.final
    Read =
        (fun path ->
            match files |> List.tryFind (fun (name, _) -> name = path) with
            | Some(_, bytes) -> Ok bytes
            | None -> Error "is missing")
    Now = DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)
}

let small = {
    usual with
        Betas = [ 1.0 ]
        Depths = [ 2 ]
        Seeds = 3
        Fate = (fun _ -> Fate.Completed)
}

let single = {
    small with
        Latents = [ 8 ]
        Seeds = 1
        Readings = [ 3 ]
}

module Orchestrator.Experiments.Tests.Report.AcrossSweepsTests

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Xunit

let private sweep name depths = {
    usual with
        Name = name
        Betas = [ 1.0 ]
        Depths = depths
        Fate = (fun _ -> Fate.Completed)
        Images = false
}

let private results shape = fst (make shape)

let private join sweeps =
    match AcrossSweeps.join sweeps with
    | Ok joined -> joined
    | Error problems -> invalidOp (string problems.Head)

[<Fact>]
let ``trials that two sweeps share are counted once`` () =
    let joined =
        join [ results (sweep "first" [ 2; 3 ]); results (sweep "second" [ 3; 4 ]) ]

    Assert.Equal(3 * 3 * 5, joined.Trials.Length)
    Assert.Equal(3 * 3, (Summary.ofResults joined).Configurations.Length)

[<Fact>]
let ``what each sweep fixes and they do not share is what varies`` () =
    let joined = join [ results (sweep "first" [ 2 ]); results (sweep "second" [ 4 ]) ]
    Assert.Equal<string list>([ "depth"; "latent" ], (Summary.ofResults joined).Names)

[<Fact>]
let ``sweeps of different objectives are refused with both named`` () =
    let other = results (sweep "second" [ 4 ])

    let other = {
        other with
            Sweep = {
                other.Sweep with
                    Objective = {
                        Metric = "val/kl"
                        Direction = MetricDirection.Minimize
                    }
            }
    }

    match AcrossSweeps.join [ results (sweep "first" [ 2 ]); other ] with
    | Ok _ -> Assert.Fail "there is no common order"
    | Error problems -> Assert.Contains("first by val/elbo, second by val/kl", problems.Head.Cause)

let private record name manifest = {
    (results (sweep name [ 2 ])).Sweep with
        Manifest = manifest
        ManifestFile = ""
}

let private commands sweeps =
    ReproduceCommands.build sweeps [] |> List.map _.Text

[<Fact>]
let ``the manifest is written by a here-document that it cannot end`` () =
    let text = commands [ record "first" "version: 1\nMANIFEST\nsweep: first\n" ]
    Assert.Equal("cat > first.yaml <<'MANIFEST1'\nversion: 1\nMANIFEST\nsweep: first\nMANIFEST1", text.Head)
    Assert.Equal("./orchestrator run first.yaml", text[1])

[<Fact>]
let ``a name that a shell would read is quoted`` () =
    let text = commands [ record "a'; rm -rf $HOME" "version: 1\n" ]
    Assert.Equal("./orchestrator run a---rm--rf--HOME.yaml", text[1])
    Assert.Equal("./orchestrator report 'a'\\''; rm -rf $HOME'", text[2])

[<Fact>]
let ``the manifest's own file name is kept, and a script's is told`` () =
    let named file = {
        record "first" "version: 1\n" with
            ManifestFile = file
    }

    Assert.Equal("./orchestrator run study.yaml", (commands [ named "study.yaml" ])[1])
    Assert.Equal("./orchestrator run first.yaml", (commands [ named "study.fsx" ])[1])
    Assert.Contains("study.fsx declared first", (ReproduceCommands.build [ named "study.fsx" ] []).Head.Purpose)

[<Fact>]
let ``each trial whose pictures are shown has its line of verify`` () =
    let trials = (results (sweep "first" [ 2 ])).Trials |> List.truncate 2

    let lines =
        trials
        |> List.map (fun trial -> $"./orchestrator verify {trial.Id.Substring(0, 12)}")

    let models =
        ReproduceCommands.build [ record "first" "" ] trials
        |> List.find (fun command -> command.Id = "models")

    Assert.Equal<string list>(lines, List.ofArray (models.Text.Split '\n'))

[<Fact>]
let ``several sweeps are compared again`` () =
    Assert.Contains("./orchestrator compare first second", commands [ record "first" ""; record "second" "" ])

module Orchestrator.Experiments.Tests.Scripting.ScriptAndManifestTests

open FsCheck
open FsCheck.FSharp
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Scripting
open Orchestrator.Experiments.Tests
open Xunit

/// What a generated script says.
type private Study = {
    Latents: int list
    Betas: float list
    Depths: (Encoder * int list) list
    Pairs: (int * float) list
    Alternative: bool
    Excluded: bool
    Seeds: uint64 list
    Epochs: int list
    Workers: int option
    Sampler: Sampler
    Pruner: Pruner
}

let private distinctOf (values: Gen<'T>) =
    Gen.nonEmptyListOf values |> Gen.map (List.distinct >> List.truncate 3)

let private studies =
    gen {
        let! latents = distinctOf (Gen.choose (1, 64))

        let! betas =
            distinctOf (Gen.choose (1, 64) |> Gen.map (fun value -> float value / 7.0))

        let! dense = distinctOf (Gen.choose (1, 4))
        let! conv = distinctOf (Gen.choose (1, 4))
        let! widths = distinctOf (Gen.choose (8, 512))
        let! rate = Gen.choose (1, 999)
        let! alternative = Gen.elements [ true; false ]
        let! excluded = Gen.elements [ true; false ]
        let! seeds = distinctOf (Gen.choose (0, 1000) |> Gen.map uint64)
        let! epochs = distinctOf (Gen.choose (1, 100))
        let! workers = Gen.optionOf (Gen.choose (1, 16))

        let! chosen =
            Gen.elements [ Sampler.Grid; Sampler.Sobol(40, 3UL); Sampler.Tpe(40, 7UL, 5) ]

        let! pruned =
            Gen.elements [ Pruner.Off; Pruner.Median(2, 4, 3); Pruner.SuccessiveHalving(3, 1) ]

        return {
            Latents = latents
            Betas = betas
            Depths = [ Dense, dense; Conv, conv ]
            Pairs = widths |> List.mapi (fun index width -> width, float (rate + index) * 1e-5)
            Alternative = alternative
            Excluded = excluded
            Seeds = seeds
            Epochs = List.sort epochs
            Workers = workers
            Sampler = chosen
            // What prunes nothing is refused.
            Pruner = if List.max epochs > 3 then pruned else Pruner.Off
        }
    }

let private script study =
    sweep "round-trip" {
        dataset FashionMnist
        vary Param.latent study.Latents
        vary Param.encoder [ Dense; Conv ]

        for encoder, depths in study.Depths do
            given Param.encoder encoder { vary Param.depth depths }

        if study.Alternative then
            either {
                vary Param.beta study.Betas

                lockstep {
                    vary Param.width (List.map fst study.Pairs)
                    vary Param.learningRate (List.map snd study.Pairs)
                }
            }
        else
            vary Param.beta study.Betas

            lockstep {
                vary Param.width (List.map fst study.Pairs)
                vary Param.learningRate (List.map snd study.Pairs)
            }

        if study.Excluded then
            exclude {
                fix Param.latent study.Latents.Head
                fix Param.encoder Conv
            }

        sampler study.Sampler
        pruner study.Pruner
        seedList study.Seeds
        epochs study.Epochs

        match study.Workers with
        | Some count -> workers count
        | None -> ()
    }

let private ids sweep =
    match Planner.plan SampleRules.rules sweep with
    | Ok plan -> plan.Trials |> List.map _.Id
    | Error problems -> failwithf "%A" (List.map SweepProblem.toProblem problems)

[<Fact>]
let ``a script printed as a manifest and read again is the same sweep with the same trials`` () =
    let law study =
        match script study with
        | Error problems -> failwithf "%A" problems
        | Ok declared ->
            let read = declared |> Printer.print SampleRules.rules |> SampleRules.parse
            read = declared && ids read = ids declared && not (ids declared).IsEmpty

    Check.One(Config.QuickThrowOnFailure.WithMaxTest 200, Prop.forAll (Arb.fromGen studies) law)

[<Fact>]
let ``a script's problems are those that a manifest has`` () =
    let declared =
        sweep "wrong" {
            dataset Mnist
            fix Param.latent -2
            vary Param.depth [ 2; 2 ]
            epochs [ 3; 1 ]
        }

    let places =
        match declared |> Result.map (SweepCheck.problems SampleRules.rules) with
        | Ok problems -> problems |> List.map (fun problem -> SweepProblem.placeInWords problem.Place)
        | Error problems -> failwithf "%A" problems

    Assert.Equal<string list>([ "parameter latent"; "parameter depth = 2"; "epochs" ], places)

module Orchestrator.Experiments.Tests.Report.HeadlineTests

open System
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report.SomePage
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Xunit

let private headline shape =
    (Report.model (surroundings []) (fst (make shape))).Verdict.Headline

[<Fact>]
let ``every kind of sweep gets a plain verdict`` () =
    Assert.Equal(
        "Nothing to rank: the only trial diverged.",
        headline {
            single with
                Fate = (fun _ -> Fate.Diverged)
        }
    )

    Assert.Equal(
        "Nothing to rank: all 9 trials failed.",
        headline {
            small with
                Fate = (fun _ -> Fate.Failed)
        }
    )

    Assert.Equal(
        "Nothing is measured yet: 1 of 9 trials running, 8 waiting.",
        headline {
            small with
                Fate = (fun i -> if i = 0 then Fate.Running 0 else Fate.Pending)
        }
    )

    Assert.Matches("^The only configuration reaches −[0-9.]+ nats per image\\.$", headline single)

    Assert.StartsWith(
        "So far, latent",
        headline {
            small with
                Fate = (fun i -> if i < 8 then Fate.Completed else Fate.Running 2)
        }
    )

let private pair = {
    usual with
        Latents = [ 2; 16 ]
        Betas = [ 1.0 ]
        Depths = [ 2 ]
        Fate = (fun _ -> Fate.Completed)
}

[<Fact>]
let ``a comparison of two is answered by the headline, with an interval`` () =
    Assert.Matches(
        "^latent 16 wins with −[0-9.]+\\s±\\s[0-9.]+\\snats per image, ahead of latent 2 by [0-9.]+\\s±\\s[0-9.]+\\.$",
        headline pair
    )

[<Fact>]
let ``what the values of a parameter cost in time stands beside what they are worth`` () =
    let results, _ = make pair

    // Each trial of latent 16 takes twenty seconds and its seed longer than those of latent 2.
    let slower =
        results.Trials
        |> List.filter (fun trial -> Labels.value trial.Varied "latent" = "16")
        |> List.map (fun trial -> trial.Id, 20.0 + float trial.Seed)
        |> Map.ofList

    let delayed (attempt: AttemptRecord) =
        match Map.tryFind attempt.TrialId slower with
        | None -> attempt
        | Some seconds -> {
            attempt with
                EndedAt = attempt.EndedAt |> Option.map _.AddSeconds(seconds)
          }

    let verdict =
        (Report.model (surroundings []) {
            results with
                Attempts = results.Attempts |> List.map delayed
        })
            .Verdict

    let time =
        verdict.Answers |> Seq.find (fun answer -> answer.Parameter = "latent, time")

    Assert.Matches("^2 is quicker than 16 by 23\\.0\\s±\\s2\\.0\\ss a trial, as the trials ran here\\.$", time.Sentence)

namespace Orchestrator.Experiments.Search

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan

/// A configuration that a sampler proposes, and what it was proposed on.
type Proposal = {
    Declared: ParameterSet
    /// How many configurations the sweep had before it.
    Number: int
    /// Configurations with a result at that time.
    Known: int
    /// Those of them that counted as good.
    Good: int
    /// Configurations that were planned and had no result yet.
    Waiting: int
    /// The logarithm of how much likelier the configuration is among the good ones; None where it was drawn blindly.
    Score: float option
    /// What was known: SHA-256 of the ranked results.
    Digest: string
}

/// Proposes configurations out of results. Pure: the same results in the same order give the same proposals.
[<RequireQualifiedAccess>]
module Proposals =

    // The largest space that is looked through for what is left when drawing finds nothing new.
    let private smallest = 100_000I

    let private patience = 1000

    // Configurations that nobody has planned yet, that nothing excludes and that can be trained.
    let private acceptable rules (sweep: Sweep) (seen: HashSet<string>) (declared: ParameterSet) =
        match Configuration.resolve rules declared with
        | Error _ -> false
        | Ok configuration ->
            not (seen.Contains(configuration.Resolved.ToJson()))
            && not (
                sweep.Exclude
                |> List.exists (fun set -> Configuration.matches set configuration)
            )
            && List.isEmpty (rules.Check configuration.Resolved)

    let private note rules (seen: HashSet<string>) (declared: ParameterSet) =
        Configuration.resolve rules declared
        |> Result.iter (fun configuration -> seen.Add(configuration.Resolved.ToJson()) |> ignore)

    // What chance finds nothing new in is nearly exhausted: a small space is then looked through.
    let private blindly rules (sweep: Sweep) axes accept seed number =
        Seq.init patience (fun index -> Sampling.uniform seed (uint64 number), index * List.length axes)
        |> Seq.map (fun (uniform, first) ->
            Sampling.pick rules sweep axes (fun dimension -> uniform (first + dimension)))
        |> Seq.tryFind accept
        |> Option.orElseWith (fun () ->
            if Grid.size axes <= smallest then
                Grid.expand rules axes sweep.Fixed |> Seq.tryFind accept
            else
                None)

    let private one rules (sweep: Sweep) seed (observations: Observation list) (seen: HashSet<string>) waiting number =
        let space = SearchSpace.ofSweep rules sweep
        let accept = acceptable rules sweep seen
        let uniform = Sampling.uniform (seed ^^^ 0x7470650000000000UL) (uint64 number)
        let mutable place = 0

        let next () =
            place <- place + 1
            uniform place

        let known =
            observations
            |> List.map (fun observation -> (SearchSpace.locate space observation.Parameters).Indices)

        let found =
            match known with
            | [] -> None
            | known ->
                TreeParzen.propose space known accept next
                |> Option.map (fun (candidate, score) -> candidate.Declared, Some score)

        found
        |> Option.orElseWith (fun () ->
            blindly rules sweep (List.ofArray space.Axes) accept (seed ^^^ 0x626C696E64000000UL) number
            |> Option.map (fun declared -> declared, None))
        |> Option.map (fun (declared, score) -> {
            Declared = declared
            Number = number
            Known = observations.Length
            Good =
                if observations.IsEmpty then
                    0
                else
                    TreeParzen.good observations.Length
            Waiting = waiting
            Score = score
            Digest = Observation.digest observations
        })

    /// So many further configurations, or fewer where the space holds no more. Those that wait for a result take no part
    /// in the densities, with no made-up figure either; they are only never proposed again.
    let next rules (sweep: Sweep) seed (figures: TrialFigure list) count : Proposal list =
        let observations = Observation.ranked sweep.Objective.Direction figures
        let planned = figures |> List.distinctBy (fun figure -> figure.ConfigurationId)

        let seen =
            HashSet<string>(planned |> List.map (fun figure -> figure.Parameters.ToJson()))

        let rec go number left =
            if left = 0 then
                []
            else
                let waiting = number - observations.Length

                match one rules sweep seed observations seen waiting number with
                | None -> []
                | Some proposal ->
                    note rules seen proposal.Declared
                    proposal :: go (number + 1) (left - 1)

        go planned.Length count

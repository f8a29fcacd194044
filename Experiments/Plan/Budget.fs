namespace Orchestrator.Experiments.Plan

open System
open System.Globalization
open System.Text.RegularExpressions
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// A time that a sweep is to be cut down to, as it was written: 5m.
type Budget = { Text: string; Seconds: float }

/// A smaller sweep of the same question, and what was cut.
type Fitted = {
    Plan: Plan
    /// Sentences for people; the first says whether anything was cut.
    Cuts: string list
    /// Nominal seconds.
    Seconds: float
}

/// Cuts a sweep down until its nominal time fits a budget. Configurations and seeds stay, since they are the question
/// and the interval of its answer; epochs go first, then training images. The outcome follows from sweep and budget
/// alone, so that the same command names the same trials everywhere and an interrupted one goes on.
[<RequireQualifiedAccess>]
module Budget =

    /// The machine that budgets are meant for.
    let cores = 2

    /// Reads 90s, 5m or 1h.
    let parse (text: string) : Result<Budget, string> =
        let found =
            Regex.Match(text, @"\A([0-9]{1,5})([smh])\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds 1.0)

        let amount () =
            Double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)

        let unit () =
            match found.Groups[2].Value with
            | "s" -> 1.0
            | "m" -> 60.0
            | _ -> 3600.0

        if found.Success && amount () > 0.0 then
            Ok {
                Text = text
                Seconds = amount () * unit ()
            }
        else
            Error $"'{text}' is no time; write 90s, 5m or 1h"

    /// Seconds as people say them: 40 s, 4 min, 1.5 h.
    let spoken (seconds: float) =
        let written (value: float) (format: string) =
            value.ToString(format, CultureInfo.InvariantCulture)

        if seconds < 90.0 then
            $"""{written seconds "0"} s"""
        elif seconds < 5400.0 then
            $"""{written (seconds / 60.0) "0.#"} min"""
        else
            $"""{written (seconds / 3600.0) "0.#"} h"""

    /// One way to cut: readings end at this epoch; as many training images at most, where the data set can give fewer.
    type private Form = { Epochs: int; Images: int option }

    // Below these the curves show nothing any more.
    let private leastEpochs = 3
    let private leastImages = 1000

    let private roundEpochs = [ 200; 150; 100; 80; 50; 30; 20; 15; 10; 8; 5; 3 ]
    let private roundImages = [ 30_000; 20_000; 10_000; 5000; 3000; 2000; leastImages ]

    // From the whole sweep down. Fewer epochs keep the trials what they are; fewer images make others of them.
    let private forms (sweep: Sweep) largest =
        let full = List.last sweep.Epochs
        let few = min full leastEpochs

        [
            for epochs in full :: (roundEpochs |> List.filter (fun epochs -> epochs < full)) do
                { Epochs = epochs; Images = None }
            for images in roundImages |> List.filter (fun images -> images < largest) do
                { Epochs = few; Images = Some images }
            for epochs in few - 1 .. -1 .. 1 do
                {
                    Epochs = epochs
                    Images = if leastImages < largest then Some leastImages else None
                }
        ]

    let private readings form (sweep: Sweep) =
        (sweep.Epochs |> List.filter (fun epochs -> epochs < form.Epochs))
        @ [ form.Epochs ]

    let private whole name otherwise (parameters: ParameterSet) =
        match parameters.Find name with
        | :? ParameterValue.Integer as found -> int found.Value
        | _ -> otherwise

    let private declares name (sweep: Sweep) =
        sweep.Axes |> List.exists (fun axis -> List.contains name axis.Parameters)
        || sweep.Include |> List.exists (fun set -> set.Contains name)

    // What is held out shrinks with the rest, in the same proportion.
    let private images rules (largest: int) count (sweep: Sweep) =
        let held =
            match Rules.value "validation" sweep.Fixed rules with
            | Some(:? ParameterValue.Integer as found) -> int found.Value
            | _ -> 0

        let validation = int (int64 held * int64 count / int64 largest)

        sweep.Fixed
            .With("train", ParameterValue.Integer(int64 count))
            .With("validation", ParameterValue.Integer(int64 validation))

    // Where the manifest varies either number itself, they are its question.
    let private canTakeFewer (plan: Plan) =
        not (declares "train" plan.Sweep || declares "validation" plan.Sweep)
        && plan.Trials |> List.exists (fun trial -> trial.Parameters.Contains "train")

    // A sweep's name has 64 characters at most.
    let private named (budget: Budget) (name: string) =
        let ending = $"-budget-{budget.Text}"
        name.Substring(0, min name.Length (64 - ending.Length)) + ending

    let private cut rules (budget: Budget) largest (sweep: Sweep) form = {
        sweep with
            Name = named budget sweep.Name
            Epochs = readings form sweep
            Fixed =
                match form.Images with
                | Some count -> images rules largest count sweep
                | None -> sweep.Fixed
    }

    let private length sizes (plan: Plan) =
        plan.Trials |> List.map (Effort.seconds sizes) |> Effort.sideBySide cores

    let private words (budget: Budget) (sizes: Sizes) seconds (original: Plan) (reduced: Plan) =
        let last (plan: Plan) = List.last plan.Sweep.Epochs

        let imagesOf (plan: Plan) =
            plan.Trials |> List.map (fun trial -> sizes.Images trial.Parameters) |> List.max

        let heldOf (plan: Plan) =
            plan.Trials
            |> List.map (fun trial -> whole "validation" 0 trial.Parameters)
            |> List.max

        let number (value: int) = Numerals.count (bigint value)

        [
            $"Cut down to fit {budget.Text} on {cores} cores (nominally {spoken seconds}): this is the sweep {reduced.Sweep.Name}, and its figures are not those of {original.Sweep.Name}."
            if last reduced < last original then
                $"""{Numerals.counted (last reduced) "epoch"} instead of {number (last original)}."""
            if imagesOf reduced < imagesOf original then
                let held =
                    if heldOf original > 0 then
                        $" ({number (heldOf reduced)} held out instead of {number (heldOf original)})"
                    else
                        ""

                $"{number (imagesOf reduced)} training images instead of {number (imagesOf original)}{held}: a fixed random choice, and trials of their own."
            "Configurations, seeds and test images are all kept."
        ]

    let private noted cuts (plan: Plan) = { plan with Notes = cuts @ plan.Notes }

    let private tooSmall (budget: Budget) seconds (plan: Plan) = [
        {
            Place = Place.Section "parameters"
            Cause =
                $"""{Numerals.counted plan.Trials.Length "trial"} cannot be cut down to {budget.Text}: the smallest form takes about {spoken seconds} on {cores} cores"""
            Remedy = $"Give --budget {int (ceil (seconds / 60.0))}m, or a manifest with fewer values or seeds."
        }
    ]

    /// The largest form of a planned sweep whose nominal time fits, or why there is none.
    let fit (rules: Rules) (sizes: Sizes) (budget: Budget) (plan: Plan) : Result<Fitted, SweepProblem list> =
        let seconds = length sizes plan

        if seconds <= budget.Seconds then
            let cuts = [
                $"Nothing is cut: the whole sweep takes nominally {spoken seconds} on {cores} cores."
            ]

            Ok {
                Plan = noted cuts plan
                Cuts = cuts
                Seconds = seconds
            }
        else
            let largest =
                if canTakeFewer plan then
                    plan.Trials |> List.map (fun trial -> sizes.Images trial.Parameters) |> List.max
                else
                    0

            // The first form is the sweep itself, under its own name.
            let candidates =
                forms plan.Sweep largest
                |> List.tail
                |> Seq.choose (cut rules budget largest plan.Sweep >> Planner.plan rules >> Result.toOption)
                |> Seq.map (fun reduced -> reduced, length sizes reduced)
                |> Seq.cache

            match candidates |> Seq.tryFind (fun (_, seconds) -> seconds <= budget.Seconds) with
            | Some(reduced, seconds) ->
                let cuts = words budget sizes seconds plan reduced

                Ok {
                    Plan = noted cuts reduced
                    Cuts = cuts
                    Seconds = seconds
                }
            | None ->
                let least = Seq.append [ seconds ] (Seq.map snd candidates) |> Seq.min
                Error(tooSmall budget least plan)

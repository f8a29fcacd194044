/// A pruner as the sweep's row holds it: off, or the JSON that a manifest could hold as well.
module internal Orchestrator.Experiments.Store.PrunerText

open System.Text.Json
open Orchestrator.Experiments.Domain

let write (pruner: Pruner) =
    match pruner with
    | Pruner.Off -> "off"
    | Pruner.Median(warmup, trials, interval) ->
        JsonSerializer.Serialize {|
            median = {|
                warmup = warmup
                trials = trials
                interval = interval
            |}
        |}
    | Pruner.SuccessiveHalving(reduction, minimum) ->
        JsonSerializer.Serialize {|
            successive_halving = {|
                reduction = reduction
                minimum = minimum
            |}
        |}

let read (text: string) : Pruner =
    if text = "off" then
        Pruner.Off
    else
        use document = JsonDocument.Parse text
        let found = document.RootElement.EnumerateObject() |> Seq.head

        let number (name: string) =
            found.Value.GetProperty(name).GetInt32()

        match found.Name with
        | "median" -> Pruner.Median(number "warmup", number "trials", number "interval")
        | "successive_halving" -> Pruner.SuccessiveHalving(number "reduction", number "minimum")
        | other -> invalidArg (nameof text) $"'{other}' is no pruner"

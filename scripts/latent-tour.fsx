// Shows what the latent space of a trained VAE holds: reconstructions, interpolations, traversals, classes and samples.
// dotnet fsi scripts/latent-tour.fsx [SWEEP]     takes the sweep's best trial and writes results/SWEEP/tour-*.png
// Without a name it first trains one small conditional VAE on the rendered data set `shapes` (nothing is downloaded).
#load "env.fsx"

open System.IO
open Orchestrator.Core.Data
open Orchestrator.Experiments.Scripting
open TorchSharp

let study =
    sweep "latent-tour" {
        dataset Shapes
        fix Param.family Cvae
        fix Param.width 128
        fix Param.latent 6
        epochs [ 3 ]
    }

let readings =
    match fsi.CommandLineArgs |> List.ofArray with
    | _ :: name :: _ -> Sweep.results name
    | _ -> Sweep.run study

let best =
    let last = readings |> List.map _.Epoch |> List.max

    readings
    |> List.filter (fun reading -> reading.Epoch = last)
    |> List.maxBy (Reading.metric "val/elbo")

let model = Sweep.model best

let save name (columns: int) (images: torch.Tensor) =
    let path = Path.Combine("results", best.Sweep, $"tour-{name}.png")
    File.WriteAllBytes(path, PngWriter.Encode(model.Sheet(images, columns)))
    printfn "%s" path

let stack (tensors: torch.Tensor list) = torch.cat (Array.ofList tensors, 0L)
let images = model.TestImages 10

// A model that conditions on classes is told them; others are told nothing.
let labels = if model.Classes > 0 then model.TestLabels 10 else null

let ofFirst count =
    if model.Classes > 0 then
        labels.narrow(0L, 0L, 1L).repeat [| count |]
    else
        null

let codes = model.Encode(images, labels)

// Originals above their reconstructions.
save "reconstructions" 10 (stack [ images; model.Decode(codes, labels) ])

// From one image's code to another's in equal steps.
let between (first: int) (second: int) =
    let row (index: int) = codes.narrow (0L, int64 index, 1L)

    stack [
        for step in 0..9 do
            let share = float step / 9.0
            row first * (1.0 - share) + row second * share
    ]

save
    "interpolation"
    10
    (stack [
        for pair in 0..4 do
            model.Decode(between (2 * pair) (2 * pair + 1), ofFirst 10L)
    ])

// One row for each of the first ten dimensions, from -3 to 3, the others as they are in the first image.
let traversal (dimension: int) =
    let walk = codes.narrow(0L, 0L, 1L).repeat(10L, 1L)
    let steps = torch.linspace (-3.0, 3.0, 10)
    walk.narrow(1L, int64 dimension, 1L).squeeze(1L).copy_ steps |> ignore
    walk

save
    "traversals"
    10
    (stack [
        for dimension in 0 .. min 10 model.Latent - 1 do
            model.Decode(traversal dimension, ofFirst 10L)
    ])

// One row for each class, the same ten codes in every row: what the class changes, and what it leaves.
if model.Classes > 0 then
    let drawn = model.Sample(10, 2UL)

    save
        "classes"
        10
        (stack [
            for label in 0 .. model.Classes - 1 do
                model.Decode(drawn, torch.tensor (Array.create 10 (int64 label)))
        ])

// Images that the model makes up.
save "samples" 10 (model.Decode(model.Sample(50, 1UL)))

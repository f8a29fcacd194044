// Shows how the weight of the KL term and the depth of the encoder act together on the evidence lower bound.
// Trains twelve small networks on the rendered data set `shapes` (nothing is downloaded), two seeds each setting,
// and prints the mean over seeds for each pair: dotnet fsi scripts/beta-against-depth.fsx
#load "env.fsx"

open MathNet.Numerics.Statistics
open Orchestrator.Experiments.Scripting

let study =
    sweep "beta-against-depth" {
        dataset Shapes
        fix Param.encoder Dense
        fix Param.width 64
        fix Param.latent 4
        vary Param.beta [ 0.5; 1.0; 4.0 ]
        vary Param.depth [ 1; 2 ]
        seeds 2
        epochs [ 1; 2 ]
    }

let readings = Sweep.run study
let final = readings |> List.filter (fun reading -> reading.Epoch = 2)

let cell depth beta =
    final
    |> List.filter (fun reading ->
        Reading.parameter Param.depth reading = Some depth
        && Reading.parameter Param.beta reading = Some beta)
    |> List.map (Reading.metric "val/elbo")
    |> Statistics.Mean

printfn "val/elbo in nats per image, mean over seeds"
printfn "%8s %10s %10s" "beta" "depth 1" "depth 2"

for beta in [ 0.5; 1.0; 4.0 ] do
    printfn "%8g %10.2f %10.2f" beta (cell 1 beta) (cell 2 beta)

// Shows how a script brings its own model, parameters, metric, schedule and section of the report along.
// Trains a VAE out of TorchSharp's modules below on the rendered data set `shapes` (nothing is downloaded), in a minute:
// dotnet fsi scripts/custom-model.fsx or, with the command line's options, ./orchestrator run scripts/custom-model.fsx
#load "env.fsx"

open type TorchSharp.torch.nn
open MathNet.Numerics.Statistics
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Experiments.Scripting
open TorchSharp

// Parameters: varied, checked against their bounds, and kept in the database like the built-in ones.

let patch =
    Extend.parameter (
        Parameter<int>(
            7,
            Name = "patch",
            Section = ParameterSection.Model,
            Description = "side of the patches that an image is cut into",
            Minimum = 1.0,
            Maximum = 64.0
        )
    )

let warmEpochs =
    Extend.parameter (
        Parameter<int>(
            1,
            Name = "warm_epochs",
            Section = ParameterSection.Training,
            Description = "epochs over which the learning rate rises to its full height",
            Minimum = 1.0,
            Maximum = 1000.0
        )
    )

// The model: each patch becomes a vector by one convolution, and the decoder goes the same way back. What it gives is
// checked with two images of zeros before anything is trained.

let layers (modules: TorchModule list) : TorchModule = Sequential(List.toArray modules)

let build configuration (image: ImageShape) =
    let side = int64 (Handle.value patch configuration)
    let latent = int64 (Handle.value Param.latent configuration)
    let channels, width = int64 image.Channels, 32L
    let rows, columns = int64 image.Height / side, int64 image.Width / side
    let features = width * rows * columns

    layers [
        Conv2d(channels, width, side, stride = side)
        GELU()
        Flatten()
        Linear(features, 2L * latent)
    ],
    layers [
        Linear(latent, features)
        GELU()
        Unflatten(1L, [| width; rows; columns |])
        ConvTranspose2d(width, channels, side, stride = side)
    ]

let patchVae =
    Extend.model {
        Name = "patch-vae"
        Description = "VAE that cuts images into patches"
        Reads = [ patch.Definition ]
        Code = Code.Gaussian
        Build = build
        Regulariser = Regulariser.Standard
    }

// The metric: VAEs blur, and the mean step from a pixel to its neighbour says how much.

let roughness (images: torch.Tensor) =
    let width = images.shape[3]

    (images.narrow (3L, 1L, width - 1L) - images.narrow (3L, 0L, width - 1L)).abs().mean().item<float32>()
    |> float

let sharpness =
    Extend.metric {
        Name = "val/sharpness"
        Unit = "share of the images'"
        Direction = MetricDirection.Maximize
        Description = "mean step between neighbouring pixels of the reconstructions, as a share of that of the images"
        Measure = fun model -> roughness model.Reconstructions / roughness model.Images
    }

// The schedule: a factor on the learning rate for each epoch.

let warm =
    Extend.schedule {
        Name = "warm"
        Reads = [ warmEpochs.Definition ]
        Course =
            Course.Open(fun configuration epoch ->
                min 1.0 (float epoch / float (Handle.value warmEpochs configuration)))
    }

// The section of the report.

Extend.section "Sharpness" (fun readings ->
    let last = readings |> List.map _.Epoch |> List.max

    let rows =
        readings
        |> List.filter (fun reading -> reading.Epoch = last)
        |> List.groupBy _.Label
        |> List.map (fun (label, rows) ->
            let mean metric =
                rows
                |> List.map (Reading.metric metric)
                |> Statistics.Mean
                |> (fun value -> value.ToString "F3")

            [ label; mean sharpness; mean "val/elbo" ])

    [
        Block.Paragraph "1 is as sharp as the images themselves; means over seeds."
        Block.Table([ "setting"; "sharpness"; "val/elbo" ], rows)
    ])

let study =
    sweep "custom-model" {
        dataset Shapes
        fix Param.familyNamed patchVae
        fix Param.scheduleNamed warm
        fix warmEpochs 2
        fix Param.latent 6
        vary patch [ 4; 7 ]
        maximize "val/elbo"
        epochs [ 2 ]
    }

for reading in Sweep.run study do
    printfn
        "%s, seed %d: val/elbo %.2f, sharpness %.3f"
        reading.Label
        reading.Seed
        (Reading.metric "val/elbo" reading)
        (Reading.metric sharpness reading)

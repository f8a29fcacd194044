namespace Orchestrator.Experiments.Scripting

open System
open System.Collections.Immutable
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Core.Extensions
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Manifest
open Orchestrator.Report.Model
open TorchSharp

/// The modules that take a batch of tensors to another.
type TorchModule = torch.nn.Module<torch.Tensor, torch.Tensor>

/// What a model's encoder gives.
[<RequireQualifiedAccess>]
type Code =
    /// Mean and log variance side by side, [batch, 2 · latent]: a VAE.
    | Gaussian
    /// The code itself, [batch, latent]: an autoencoder.
    | Point

/// What a model adds to the reconstruction in its loss.
[<RequireQualifiedAccess>]
type Regulariser =
    /// β·KL with its warm-up and free bits; nothing where the code is a point.
    | Standard
    /// Nats of each image, [batch], or a scalar, out of the configuration and the batch.
    | Own of (ParameterSet -> LossInput -> torch.Tensor)

/// A model of a script's own: an encoder and a decoder out of TorchSharp's modules.
type ScriptModel = {
    /// Lower-case letters, digits and hyphens.
    Name: string
    Description: string
    /// The parameters that it reads beside latent, those of the likelihood and those of the KL's weight.
    Reads: ParameterDefinition list
    Code: Code
    /// Encoder and decoder of a configuration, with fresh weights out of torch's generator.
    Build: ParameterSet -> ImageShape -> TorchModule * TorchModule
    Regulariser: Regulariser
}

/// A metric of a script's own.
type ScriptMetric = {
    /// val/name, measured at each epoch, or test/name, measured at readings; on at most 2,000 images.
    Name: string
    Unit: string
    Direction: MetricDirection
    Description: string
    /// A finite number for every model.
    Measure: MetricInput -> float
}

/// The factor on the learning rate, out of the configuration and the epoch, which counts from 1.
[<RequireQualifiedAccess>]
type Course =
    /// Without an end: a training can be continued.
    | Open of (ParameterSet -> int -> float)
    /// With the last epoch as the third argument: each total of epochs is a training of its own.
    | ToTotal of (ParameterSet -> int -> int -> float)

/// A course of the learning rate of a script's own.
type ScriptSchedule = {
    /// Lower-case letters, digits and hyphens.
    Name: string
    /// The parameters that it reads.
    Reads: ParameterDefinition list
    Course: Course
}

/// A part of a section of the report.
[<RequireQualifiedAccess>]
type Block =
    | Paragraph of string
    /// A header and rows; cells that hold a number stand to the right.
    | Table of header: string list * rows: string list list
    /// A PNG file's bytes with what they show.
    | Picture of caption: string * png: byte array

/// Adds to the catalogues what a script brings with it. It is said before the first Sweep.run, which workers run the
/// script up to. Trials that use a model, metric or schedule carry the name and a digest of the text of the file in
/// which it is registered: with another text they are other trials.
[<AbstractClass; Sealed>]
type Extend private () =

    // Workers run the script again: what is typed into a session by hand is in no file that they could run.
    static let isTyped () =
        Interactive.isSession ()
        && not (Environment.GetCommandLineArgs() |> Array.exists ScriptFile.isScript)

    // A script's problems are printed, and end it with exit code 1.
    static let orExit (register: unit -> unit) =
        try
            if isTyped () then
                raise (
                    ProblemException(
                        "Extend",
                        "Workers cannot run what is typed into a session.",
                        "Write it into a script, and run it as a whole: dotnet fsi SCRIPT.fsx."
                    )
                )

            register ()
        with :? ProblemException as found ->
            exit (ProblemLines.print Console.Error found.Problems)

    static let number (text: string) =
        match Double.TryParse(text, Globalization.NumberStyles.Float, Globalization.CultureInfo.InvariantCulture) with
        | true, value -> Nullable value
        | _ -> Nullable()

    static let block (block: Block) : CustomBlock =
        match block with
        | Block.Paragraph text -> CustomBlock.Paragraph text
        | Block.Table(header, rows) ->
            CustomBlock.Table(
                Array.ofList header,
                [| for row in rows -> [| for cell in row -> Cell(cell, number cell) |] |]
            )
        | Block.Picture(caption, png) -> CustomBlock.Picture(caption, Convert.ToBase64String png)

    /// Adds a parameter, for the models and schedules that name it among what they read.
    static member parameter
        (definition: Parameter<'T>, [<CallerFilePath; Optional; DefaultParameterValue("")>] script: string)
        : Handle<'T> =
        orExit (fun () -> ExtensionCatalogue.Add(definition :> ParameterDefinition, ScriptText.origin script))
        Handle.ofParameter definition

    /// Adds a model, and answers its name for Param.familyNamed.
    static member model
        (model: ScriptModel, [<CallerFilePath; Optional; DefaultParameterValue("")>] script: string)
        : string =
        let regulariser: Func<ParameterSet, LossInput, torch.Tensor> | null =
            match model.Regulariser with
            | Regulariser.Standard -> null
            | Regulariser.Own own -> Func<_, _, _>(own)

        let custom =
            CustomModel(
                Name = model.Name,
                Description = model.Description,
                IsDeterministic = (model.Code = Code.Point),
                Reads = ImmutableArray.CreateRange model.Reads,
                Build = Func<_, _, _>(fun parameters image -> CustomModules(model.Build parameters image)),
                Regulariser = regulariser
            )

        orExit (fun () -> ExtensionCatalogue.Add(custom, ScriptText.origin script))
        model.Name

    /// Adds a metric, and answers its name for maximize and minimize.
    static member metric
        (metric: ScriptMetric, [<CallerFilePath; Optional; DefaultParameterValue("")>] script: string)
        : string =
        let custom =
            CustomMetric(
                Name = metric.Name,
                Unit = metric.Unit,
                Direction = metric.Direction,
                Description = metric.Description,
                Measure = Func<_, _>(metric.Measure)
            )

        orExit (fun () -> ExtensionCatalogue.Add(custom, ScriptText.origin script))
        metric.Name

    /// Adds a course of the learning rate, and answers its name for Param.scheduleNamed.
    static member schedule
        (schedule: ScriptSchedule, [<CallerFilePath; Optional; DefaultParameterValue("")>] script: string)
        : string =
        let dependsOnTotal, factor =
            match schedule.Course with
            | Course.Open factor -> false, (fun (input: ScheduleInput) -> factor input.Parameters input.Epoch)
            | Course.ToTotal factor ->
                true, (fun input -> factor input.Parameters input.Epoch (input.Total.GetValueOrDefault()))

        let custom =
            CustomSchedule(
                Name = schedule.Name,
                Reads = ImmutableArray.CreateRange schedule.Reads,
                DependsOnTotal = dependsOnTotal,
                Factor = Func<_, _>(factor)
            )

        orExit (fun () -> ExtensionCatalogue.Add(custom, ScriptText.origin script))
        schedule.Name

    /// Adds a section to the reports that this script writes, made of the readings of the sweep's completed trials.
    static member section (title: string) (build: Reading list -> Block list) : unit =
        Orchestrator.Experiments.Report.CustomSections.add title (fun results ->
            Reading.ofResults results |> build |> List.map block)

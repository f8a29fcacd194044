using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Evaluation.Artifacts;
using Orchestrator.Core.Files;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>
/// An autoencoder as a trial left it, to look into: images to codes, codes to images, samples of the prior. No gradients
/// are kept. The caller disposes the tensors that it is given.
/// </summary>
public sealed class TrainedModel : IDisposable
{
    private readonly Autoencoder _model;
    private readonly Device _device;

    private TrainedModel(Autoencoder model, ParameterSet parameters, ImageShape shape, Device device) =>
        (_model, Parameters, Shape, _device) = (model, parameters, shape, device);

    /// <summary>The configuration that was trained.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The shape of an image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Dimensions of a code.</summary>
    public int Latent => _model.Latent;

    /// <summary>Classes that the model conditions on; 0 where it knows of none.</summary>
    public int Classes => _model.Classes;

    /// <summary>Builds the model of a configuration and gives it the weights of a file.</summary>
    /// <param name="parameters">The trial's configuration.</param>
    /// <param name="weights">The path of the trial's <c>weights.safetensors</c>.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <exception cref="ProblemException">The file is missing, damaged or another model's, or the model has no codes.</exception>
    public static TrainedModel Load(ParameterSet parameters, string weights, string device = "cpu")
    {
        var target = TorchDevice.Of(device);
        var data = DatasetFacts.Of(parameters).Shape;
        var model = ModelCatalogue.Of(parameters).Build(parameters, data);
        if (model is not Autoencoder autoencoder)
        {
            model.Dispose();
            throw new ProblemException(weights, "The model of this trial has no codes.", "Choose a trial of an autoencoder.");
        }
        Fill(autoencoder, weights);
        autoencoder.eval();
        autoencoder.to(target);
        return new TrainedModel(autoencoder, parameters, data.Image, target);
    }

    /// <summary>The means of the codes' posteriors, <c>[batch, latent]</c>.</summary>
    /// <param name="images">Pixels from 0 to 1, <c>[batch, channels, height, width]</c>.</param>
    /// <param name="labels">Classes <c>[batch]</c>, int64, for a model that conditions on them.</param>
    public Tensor Encode(Tensor images, Tensor? labels = null) => Apply(
        () => _model.Encode(new Batch(images.to(_device), labels?.to(_device), (int)images.shape[0])).Mean);

    /// <summary>The expected pixels of codes, from 0 to 1 where the likelihood keeps them there, <c>[batch, channels, height, width]</c>.</summary>
    /// <param name="codes"><c>[batch, latent]</c>.</param>
    /// <param name="labels">Classes <c>[batch]</c>, int64, for a model that conditions on them.</param>
    public Tensor Decode(Tensor codes, Tensor? labels = null) =>
        Apply(() => _model.Likelihood.Mean(_model.Decode(codes.to(_device), labels?.to(_device))));

    /// <summary>Codes drawn from N(0, I), <c>[count, latent]</c>; they follow from the seed alone.</summary>
    public Tensor Sample(int count, ulong seed) => Apply(() => StandardNormal.Sample(seed, count, Latent, _device));

    /// <summary>The first images of the data set's test part, <c>[count, channels, height, width]</c>, pixels from 0 to 1.</summary>
    /// <param name="count">How many; fewer where there are fewer.</param>
    /// <param name="dataFolder">The folder that a user named with <c>--data</c>, or null.</param>
    /// <exception cref="ProblemException">The data are not there or damaged.</exception>
    public Tensor TestImages(int count, string? dataFolder = null) => Test(count, dataFolder, batch => batch.Images);

    /// <summary>The classes of the first images of the data set's test part, <c>[count]</c>, int64.</summary>
    /// <param name="count">How many; fewer where there are fewer.</param>
    /// <param name="dataFolder">The folder that a user named with <c>--data</c>, or null.</param>
    /// <exception cref="ProblemException">The data are not there or damaged, or have no labels.</exception>
    public Tensor TestLabels(int count, string? dataFolder = null) => Test(count, dataFolder, batch => batch.Labels
        ?? throw new ProblemException(DatasetSelection.Dataset.Name, "These data have no labels.", "Choose data with labels."));

    /// <summary>Images as one picture, row by row.</summary>
    /// <param name="images">Pixels from 0 to 1, <c>[count, channels, height, width]</c>.</param>
    /// <param name="columns">Images in a row.</param>
    public Picture Sheet(Tensor images, int columns) => ImageSheet.Compose(Shape, PixelBytes.Of(images), columns);

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private Tensor Test(int count, string? dataFolder, Func<Batch, Tensor> choose)
    {
        var test = DatasetFacts.Load(Parameters, dataFolder, CancellationToken.None).Test;
        using var images = new DeviceImages(test, _device);
        using var indices = images.Indices([.. Enumerable.Range(0, Math.Min(count, test.Count))]);
        return Apply(() => choose(images.Gather(indices, 0, (int)indices.shape[0])));
    }

    private static void Fill(Autoencoder model, string weights)
    {
        if (!File.Exists(weights))
            throw new ProblemException(weights, "There is no such file.", "Choose a completed trial, whose folder holds it.");
        try
        {
            using var file = File.OpenRead(weights);
            var stored = Safetensors.Read(file).Tensors;
            foreach (var (name, tensor) in model.state_dict())
            {
                var found = stored.GetValueOrDefault(name)
                    ?? throw new InvalidDataException($"it holds no tensor '{name}'");
                found.CopyTo(tensor);
            }
        }
        catch (InvalidDataException damage)
        {
            throw new ProblemException(weights, $"These are not the model's weights: {damage.Message}.", "Train the trial again.");
        }
    }

    private static Tensor Apply(Func<Tensor> compute)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        return compute().DetachFromDisposeScope();
    }
}

using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>Judges the images that a trial's model generates, at its readings.</summary>
internal sealed class SampleJudge : IDisposable
{
    private readonly TrialData _data;
    private readonly string? _cache;
    private readonly Device _device;
    private FeatureReference? _reference;

    private SampleJudge(TrialData data, string? cache, Device device) => (_data, _cache, _device) = (data, cache, device);

    /// <summary>The judge that a configuration asks for, or null.</summary>
    /// <param name="parameters">A checked configuration.</param>
    /// <param name="model">Its model.</param>
    /// <param name="data">The trial's data.</param>
    /// <param name="cache">A folder to keep the classifier in; null to keep none.</param>
    /// <param name="device">Where the model lies.</param>
    public static SampleJudge? Of(ParameterSet parameters, Model model, TrialData data, string? cache, Device device) =>
        parameters.Get(EvaluationParameters.SampleQuality) && Generator(model) is not null ? new(data, cache, device) : null;

    /// <summary>The parameter, where a family generates images.</summary>
    public static IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        ModelCatalogue.Of(parameters).Generates ? [EvaluationParameters.SampleQuality] : [];

    /// <summary>The problem of data without classes.</summary>
    public static IEnumerable<Problem> Check(ParameterSet parameters, DataShape data)
    {
        if (parameters.Get(EvaluationParameters.SampleQuality) && ModelCatalogue.Of(parameters).Generates && data.Classes < 2)
        {
            yield return new Problem(
                EvaluationParameters.SampleQuality.Name,
                "Generated images are judged by a classifier, and this data has no labels to train one with.",
                "Write false, or leave it away.");
        }
    }

    /// <summary>The figures of a model, which is left in training mode.</summary>
    public ImmutableArray<(ReadingMeasure Measure, double Value)> Measure(Model model, CancellationToken cancellation)
    {
        var reference = Reference(cancellation);
        var generator = Generator(model)!;
        model.eval();
        try
        {
            using var guard = no_grad();
            var images = JudgedImages.Of(generator, FeatureReference.Samples, reference.Classifier, _device, cancellation);
            int[]? wanted = model is Autoencoder { Classes: > 0 and var classes }
                ? [.. Enumerable.Range(0, FeatureReference.Samples).Select(image => image % classes)]
                : null;
            return [.. SampleFigures.Of(images, wanted, _data.Shape.Classes, reference)];
        }
        finally
        {
            model.train();
        }
    }

    /// <summary>Who judged, and whether the images keep to a few classes.</summary>
    public IEnumerable<string> Verdicts(IReadOnlyDictionary<string, double> figures)
    {
        var reference = Reference(default);
        yield return FormattableString.Invariant(
            $"generated images were judged by the classifier {reference.Digest[..12]} ({FeatureClassifier.Protocol}), which recognises {reference.Accuracy:P1} of the test images");
        var classes = _data.Shape.Classes;
        if (figures.TryGetValue(SampleFigures.Classes.Definition.Name, out var covered) && 2 * covered <= classes)
        {
            yield return FormattableString.Invariant(
                $"mode collapse: the generated images cover {covered} of {classes} classes, of which each has at least a tenth of an equal share");
        }
    }

    public void Dispose() => _reference?.Dispose();

    private FeatureReference Reference(CancellationToken cancellation) => _reference ??= _cache is null
        ? FeatureReference.Create(_data.Dataset, cancellation)
        : new FeatureReferenceFile(_cache, _data.Dataset).ReadOrCreate(cancellation);

    private static IGenerator? Generator(Model model) => model is Autoencoder { HasPrior: false } ? null : model as IGenerator;
}

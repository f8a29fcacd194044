using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;

namespace Orchestrator.Core.Evaluation.Plausibility;

/// <summary>What a trained model failed to do, in sentences: figures that are possible and still say that nothing was learnt.</summary>
internal static class Verdicts
{
    /// <summary>A reconstruction as near as this to the mean image's error is no better.</summary>
    private const double NoLearning = 0.99;

    /// <summary>The verdicts on a model, which is left in training mode.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The trial's data.</param>
    /// <param name="figures">The figures of its last reading, by metric id.</param>
    public static ImmutableArray<string> On(Model model, TrialData data, IReadOnlyDictionary<string, double> figures)
    {
        if (model is not Autoencoder autoencoder)
            return [];
        model.eval();
        try
        {
            var dead = DeadUnits.Count(autoencoder, data).Where(layer => 2 * layer.Dead >= layer.Units).ToImmutableArray();
            return
            [
                .. dead.Select(Sentence),
                .. Collapse(autoencoder, figures, dead),
                .. MeanImage(data.Dataset, figures),
                .. LinearCode(autoencoder, figures),
            ];
        }
        finally
        {
            model.train();
        }
    }

    /// <summary>Whether the latents carry anything, and whether dead units rather than the objective are why.</summary>
    internal static IEnumerable<string> Collapse(
        Autoencoder model, IReadOnlyDictionary<string, double> figures, ImmutableArray<DeadUnits> dead)
    {
        if (!model.HasPrior || !figures.TryGetValue("test/active_units", out var active) || 2 * active > model.Latent)
            yield break;
        var cause = dead.Any(layer => layer.Layer.StartsWith("encoder", StringComparison.Ordinal))
            ? "; dead units in the encoder keep information from them, which is not posterior collapse"
            : "; the posterior of the others is the prior for every image (posterior collapse)";
        yield return FormattableString.Invariant(
            $"{model.Latent} latents, information of about {active}: so many have a posterior mean that varies between images{cause}");
    }

    /// <summary>Whether a linear code of as many dimensions, which needs no training, reconstructs better.</summary>
    internal static IEnumerable<string> LinearCode(Autoencoder model, IReadOnlyDictionary<string, double> figures)
    {
        var name = model.Corrupts ? "test/mse_clean_input" : "test/mse";
        if (!figures.TryGetValue(name, out var error) || !figures.TryGetValue(LinearCodeFigures.SquaredError.Definition.Name, out var line) || error <= line)
            yield break;
        yield return FormattableString.Invariant(
            $"above the PCA line: {name} is {error:G4}, and the best linear code of {model.Latent} dimensions has {line:G4}");
    }

    private static string Sentence(DeadUnits layer) => FormattableString.Invariant(
        $"{layer.Dead} of {layer.Units} units of the ReLU layer {layer.Layer} are dead: zero for every sampled test image");

    private static IEnumerable<string> MeanImage(Dataset dataset, IReadOnlyDictionary<string, double> figures)
    {
        if (!figures.TryGetValue("test/mse", out var error))
            yield break;
        var level = DatasetBounds.Compute(dataset).Test.MeanImageSse / dataset.Shape.Pixels;
        if (error >= NoLearning * level)
        {
            yield return FormattableString.Invariant(
                $"no better than the training set's mean image: its reconstructions have a squared error per pixel of {error:G4}, the mean image {level:G4}");
        }
    }
}

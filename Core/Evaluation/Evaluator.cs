using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation;

/// <summary>
/// The figures of a model on a set of images, always nats per image whatever the training loss was, always with the same
/// noise for a seed, so that two epochs differ by their weights alone.
/// </summary>
internal static class Evaluator
{
    /// <summary>Quantities and values, without the part of the data in their names. The set must not be empty.</summary>
    /// <param name="model">Left in training mode.</param>
    /// <param name="images">The set.</param>
    /// <param name="seed">The trial's seed; noise is drawn from its role <c>eval</c>.</param>
    /// <param name="cancellation">Ends an evaluation between two batches.</param>
    public static ImmutableArray<(string Quantity, double Value)> Evaluate(
        Model model, ImageSelection images, ulong seed, CancellationToken cancellation)
    {
        if (model is not Autoencoder autoencoder)
            return [];
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var guard = no_grad();
            return Figures(autoencoder, images, seed, cancellation);
        }
        finally
        {
            model.train();
        }
    }

    private static ImmutableArray<(string, double)> Figures(
        Autoencoder model, ImageSelection images, ulong seed, CancellationToken cancellation)
    {
        var sums = new List<Tensor>();
        var means = new List<Tensor>();
        for (var index = 0; index < images.Batches(EvaluationBatches.Size); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            manual_seed(unchecked((long)SeedSequence.Derive(seed, "eval", (ulong)index)));
            var (batchSums, batchMeans) = Measure(model, images.Batch(index, EvaluationBatches.Size));
            sums.Add(batchSums.MoveToOuterDisposeScope());
            means.Add(batchMeans.MoveToOuterDisposeScope());
        }
        // A plain 0 would be read as the element type of that number.
        var totals = (stack(sums).sum(0L) / (double)images.Count).cpu().data<double>().ToArray();
        var active = ActiveUnits.Count(cat(means)).item<double>();
        var (reconstruction, divergence, mse) = (totals[0], totals[1], totals[2] / model.Pixels);
        if (model.Corrupts)
        {
            return
            [
                ("reconstruction", reconstruction), ("mse", mse), ("active_units", active),
                ("reconstruction_clean_input", totals[3]), ("mse_clean_input", totals[5] / model.Pixels),
            ];
        }
        return model.HasPrior
            ? [("elbo", -(reconstruction + divergence)), ("reconstruction", reconstruction), ("kl", divergence), ("mse", mse), ("active_units", active)]
            : [("reconstruction", reconstruction), ("mse", mse), ("active_units", active)];
    }

    /// <summary>
    /// Sums over a batch, <c>[3]</c>: reconstruction, KL and squared error; and the posterior means <c>[batch, latent]</c>. A
    /// model that is trained on noisy input is given it here too, and its sums from the clean input follow, <c>[6]</c>.
    /// </summary>
    private static (Tensor Sums, Tensor Means) Measure(Autoencoder model, Batch batch)
    {
        var (sums, means) = Measure(model, model.Corrupt(batch), batch);
        return model.Corrupts ? (cat([sums, Measure(model, batch, batch).Sums]), means) : (sums, means);
    }

    private static (Tensor Sums, Tensor Means) Measure(Autoencoder model, Batch seen, Batch batch)
    {
        var posterior = model.Encode(seen);
        var codes = posterior.Sample();
        var parameters = model.Decode(codes, batch.Labels);
        var reconstruction = model.Likelihood.NegativeLogLikelihood(parameters, batch.Images).to(ScalarType.Float64).sum();
        var divergence = model.Divergence(posterior, codes)?.to(ScalarType.Float64).sum() ?? zeros_like(reconstruction);
        var squared = (batch.Images - model.Likelihood.Mean(parameters)).square().flatten(1).sum(1).to(ScalarType.Float64).sum();
        return (stack([reconstruction, divergence, squared]), posterior.Mean.clone());
    }
}

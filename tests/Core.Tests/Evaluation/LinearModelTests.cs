using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

/// <summary>
/// A VAE without hidden layers and with a Gaussian of fixed variance is probabilistic PCA (Tipping and Bishop 1999; Lucas
/// et al. 2019), whose best likelihood has a closed form: an answer that involves neither this loss nor this optimizer.
/// </summary>
[Collection("torch")]
public sealed class LinearModelTests : IDisposable
{
    private const int Images = 2000;
    private const int Pixels = 16;
    private const int Latent = 2;
    private const double Variance = 0.0025;
    private static readonly double[] Scales = [0.30, 0.18];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_linear_VAE_reaches_the_optimum_of_probabilistic_PCA()
    {
        var elbo = Train(Configuration);

        // Above the optimum there is nothing but the chance of one sample for each of 2,000 images.
        Assert.InRange(elbo, Optimum() - 0.7, Optimum() + 0.12);
    }

    [Fact]
    public void A_summed_KL_beside_a_reconstruction_averaged_over_pixels_misses_it() =>
        Assert.True(Train(Configuration.With(ObjectiveParameters.Reduction, "mean")) < Optimum() - 5);

    private static ParameterSet Configuration { get; } = ParameterSet.Empty
        .With(DatasetSelection.Dataset, "shapes").With(DatasetSelection.Validation, 0)
        .With(ModelParameters.Family, "vae").With(DenseNetwork.Hidden, []).With(ModelParameters.Latent, Latent)
        .With(ObjectiveParameters.Likelihood, "gaussian").With(ObjectiveParameters.Variance, Variance)
        .With(TrainingParameters.LearningRate, 0.05).With(TrainingParameters.Schedule, "cosine").With(TrainingParameters.BatchSize, 200);

    private double Train(ParameterSet parameters)
    {
        var images = Sample();
        using var data = new TrialData(new Dataset("plane", "", images, images, 0, [], ""), 0, 1, CPU);
        using var run = new TrainingRun(Some.Trial(parameters, 200), Some.Environment(_folder.Path), new RecordingObserver(), data, CPU);
        return run.Run(default).Metrics.Single(metric => metric.Name == "test/elbo").Value;
    }

    /// <summary>−½ (D ln 2π + Σ ln λ over the first k + (D − k) ln σ² + k + Σ λ/σ² over the others), λ the covariance's eigenvalues.</summary>
    private static double Optimum()
    {
        var images = Sample();
        var covariance = PixelCovariance.Compute(images, PixelMoments.Of(images).Mean);
        var values = covariance.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending().ToArray();
        return -0.5 * (Pixels * Math.Log(2 * Math.PI) + values.Take(Latent).Sum(Math.Log) + (Pixels - Latent) * Math.Log(Variance)
            + Latent + values.Skip(Latent).Sum() / Variance);
    }

    /// <summary>Images around grey: two Walsh patterns with Gaussian weights, and a little noise in every pixel.</summary>
    private static ImageSet Sample()
    {
        var random = new SplitMix64(7);
        double Uniform() => ((random.Next() >> 11) + 0.5) / (1UL << 53);
        double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
        var pixels = new byte[Images * Pixels];
        for (var image = 0; image < Images; image++)
        {
            double[] weights = [.. Scales.Select(scale => scale * Normal())];
            for (var pixel = 0; pixel < Pixels; pixel++)
            {
                var value = 0.5 + 0.05 * Normal();
                for (var pattern = 0; pattern < Latent; pattern++)
                    value += weights[pattern] * (BitOperations.PopCount((uint)(pixel & (1 << pattern))) % 2 == 0 ? 0.25 : -0.25);
                pixels[image * Pixels + pixel] = (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
            }
        }
        return new ImageSet(new ImageShape(1, 4, 4), pixels);
    }
}

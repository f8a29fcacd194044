using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Evaluation.Disentanglement;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

/// <summary>
/// Mistakes that published programs have made, kept as specimens: each is computed beside ours, must differ from a plain
/// reference by far more than rounding, and ours must not.
/// </summary>
[Collection("torch")]
public sealed class SpecimenTests
{
    [Fact]
    public void Averages_over_an_evaluation_set_are_neither_the_first_batch_nor_a_mean_of_batch_means()
    {
        // 750 images: a batch of 500 and a short one of 250.
        var parameters = Some.Configuration.With(ModelParameters.Family, "ae");
        using var data = new TrialData(DatasetFacts.Load(parameters, null, default), 750, 1, CPU);
        using var model = SomeModel.Build(parameters, 1);
        using (no_grad())
        {
            // Black images for every code: the error is then as different as the images.
            foreach (var (_, bias) in model.named_parameters().Where(entry => entry.name is "decoder.0.bias" or "decoder.2.bias"))
                bias.fill_((TorchSharp.Scalar)(-10.0));
        }
        var errors = PerImage(model, data.Validation);
        var reference = errors.Average();
        var firstBatchOverBatches = errors[..500].Average() / 2;
        var meanOfBatchMeans = (errors[..500].Average() + errors[500..].Average()) / 2;

        var ours = Evaluator.Evaluate(model, data.Validation, 5, default).Single(figure => figure.Quantity == "reconstruction").Value;

        Assert.Equal(reference, ours, 1e-5 * reference);
        Assert.NotEqual(reference, firstBatchOverBatches, 0.1 * reference);
        Assert.NotEqual(reference, meanOfBatchMeans, 1e-4 * reference);
    }

    [Fact]
    public void The_KL_is_summed_over_dimensions_and_not_averaged()
    {
        using var data = new TrialData(DatasetFacts.Load(Some.Configuration, null, default), 750, 1, CPU);
        using var model = SomeModel.Build(Some.Configuration, 1);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var posterior = model.Encode(data.Validation.Batch(0, 750));
        double[] means = [.. posterior.Mean.data<float>().ToArray()];
        double[] logVariances = [.. posterior.LogVariance!.data<float>().ToArray()];
        double[] divergences = [.. means.Zip(logVariances, (m, l) => 0.5 * (m * m + Math.Exp(l) - l - 1))];
        var reference = divergences.Sum() / 750;
        var meanOverDimensions = divergences.Average();

        var ours = Evaluator.Evaluate(model, data.Validation, 5, default).Single(figure => figure.Quantity == "kl").Value;

        Assert.Equal(reference, ours, 1e-4 * reference);
        Assert.NotEqual(reference, meanOverDimensions, 0.5 * reference);
    }

    [Fact]
    public void Active_units_are_the_sum_of_the_mask_and_not_its_length()
    {
        using var scope = NewDisposeScope();
        var means = tensor(new float[] { 0, 1, 5, 0, -1, 5, 0, 1, 5, 0.05f, -1, 5 }, [4, 3]);
        var lengthOfMask = means.shape[1];

        var ours = ActiveUnits.Count(means).item<double>();

        Assert.Equal(1, ours);
        Assert.NotEqual(ours, lengthOfMask);
    }

    [Fact]
    public void Codes_are_transposed_and_not_reshaped_for_the_mutual_information_gap()
    {
        int[] first = [.. Enumerable.Range(0, 64).Select(i => i / 4 % 4)];
        int[] second = [.. Enumerable.Range(0, 64).Select(i => i % 4)];
        var codes = new LatentCodes([.. Enumerable.Range(0, 64).SelectMany(i => new float[] { first[i], second[i] })], 2);
        // view(2, 64) of [64, 2] reads the values row by row: each "dimension" then mixes both.
        var values = codes.Values.ToArray();
        var reshaped = new LatentCodes([.. Enumerable.Range(0, 64).SelectMany(i => new[] { values[i], values[64 + i] })], 2);
        double Gap(LatentCodes of) =>
            MutualInformationGap.Of(MutualInformation.Matrix(of, [first, second]), [Math.Log(4), Math.Log(4)]);

        Assert.Equal(1.0, Gap(codes), 9);
        Assert.True(Gap(reshaped) < 0.5);
    }

    private static double[] PerImage(Autoencoder model, ImageSelection images)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var batch = images.Batch(0, images.Count);
        var output = model.Decode(model.Encode(batch).Mean, null);
        return model.Likelihood.NegativeLogLikelihood(output, batch.Images).to(ScalarType.Float64).data<double>().ToArray();
    }
}

using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class AnomalyTests
{
    [Fact]
    public void A_class_left_out_is_in_neither_training_nor_validation_and_stays_in_the_test_images()
    {
        var dataset = DatasetFacts.Load(Some.Configuration, null, default);
        using var all = new TrialData(dataset, 5000, 1, CPU);
        using var data = new TrialData(dataset, 5000, 1, CPU, withoutClass: 2);

        Assert.DoesNotContain(2L, Labels(data.Train));
        Assert.DoesNotContain(2L, Labels(data.Validation));
        Assert.Contains(2L, Labels(data.Test));
        using var epoch = data.Epoch(1);
        Assert.Equal(data.Train.Count, epoch.Count);
        // What is left is what the whole split has of the other classes, in its order.
        Assert.Equal(Labels(all.Train).Where(label => label != 2), Labels(data.Train));
    }

    [Fact]
    public void An_unseen_class_of_larger_shapes_is_detected_and_figures_are_areas()
    {
        // Blank images against noise: whatever a model learns of blanks, noise is worse.
        var random = new SplitMix64(1);
        var pixels = new byte[300 * 144];
        for (var i = 100 * 144; i < pixels.Length; i++)
            pixels[i] = (byte)random.Next();
        byte[] labels = [.. Enumerable.Range(0, 300).Select(i => (byte)(i < 200 ? i / 100 : 1))];
        var set = new ImageSet(new ImageShape(1, 12, 12), pixels, labels);
        using var data = new TrialData(new Dataset("blanks", "", set, set, 2, ["blank", "noise"], ""), 0, 1, CPU, withoutClass: 1);
        using var model = (Autoencoder)Initialisation.Build(
            ModelCatalogue.Of(Some.Configuration), Some.Configuration, data.Shape, 1);
        using (no_grad())
        {
            // A decoder that draws black images for every code.
            foreach (var (name, parameter) in model.named_parameters())
                if (name.StartsWith("decoder", StringComparison.Ordinal))
                    parameter.fill_((TorchSharp.Scalar)(name.EndsWith("bias", StringComparison.Ordinal) ? -3.0 : 0.0));
        }

        var figures = ReadingEvaluator.Evaluate(model, data, null, default)
            .ToDictionary(figure => figure.Measure.Quantity, figure => figure.Value);

        Assert.Equal(1.0, figures["anomaly_auc.mse.mean"]);
        Assert.Equal(1.0, figures["anomaly_auc.elbo.sample1"]);
    }

    [Fact]
    public void A_class_that_the_data_lacks_is_refused_before_training()
    {
        var problem = Assert.Single(Configurations.Check(Some.Configuration.With(DatasetSelection.WithoutClass, 3)));

        Assert.Equal("without_class", problem.Where);
        Assert.Contains("0 to 2", problem.Remedy, StringComparison.Ordinal);
        Assert.Empty(Configurations.Check(Some.Configuration.With(DatasetSelection.WithoutClass, 2)));
    }

    private static long[] Labels(ImageSelection images)
    {
        using var scope = NewDisposeScope();
        return images.Batch(0, images.Count).Labels!.data<long>().ToArray();
    }
}

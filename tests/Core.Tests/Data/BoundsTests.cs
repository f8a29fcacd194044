using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class BoundsTests
{
    [Theory]
    [InlineData("mnist", 60_000, 45.757, 206.03, 45.535, 205.80, 306.66, 52.897)]
    [InlineData("fashion-mnist", 60_000, 188.281, 384.32, 189.858, 385.02, 469.86, 67.927)]
    public async Task Real_data_has_the_known_bounds(
        string name, int count, double trainEntropy, double trainMean, double entropy, double mean, double constant, double sse)
    {
        var dataset = await RealData.LoadOrSkip(name);
        Assert.Equal((count, 10_000, 10), (dataset.Train.Count, dataset.Test.Count, dataset.ClassCount));
        var bounds = DatasetBounds.Compute(dataset);
        Assert.Equal(trainEntropy, bounds.Train.PixelEntropy, 0.001);
        Assert.Equal(trainMean, bounds.Train.MeanImageBce, 0.01);
        Assert.Equal(entropy, bounds.Test.PixelEntropy, 0.001);
        Assert.Equal(mean, bounds.Test.MeanImageBce, 0.01);
        Assert.Equal(constant, bounds.Test.ConstantBce, 0.01);
        Assert.Equal(sse, bounds.Test.MeanImageSse, 0.001);
    }

    [Fact]
    public async Task Fashion_has_the_known_PCA_line()
    {
        var dataset = await RealData.LoadOrSkip("fashion-mnist");
        var line = PcaLine.Compute(dataset, [32, 2, 8]);
        (int, double, double, double)[] known =
        [
            (2, .4679, .046096, 303.21), (8, .6933, .026607, 258.43), (32, .8261, .015142, 233.10),
        ];
        Assert.Equal(known.Select(k => k.Item1), line.Select(point => point.Components));
        foreach (var (point, (_, variance, mse, bce)) in line.Zip(known))
        {
            Assert.Equal(variance, point.ExplainedVariance, 0.0001);
            Assert.Equal(mse, point.Mse, 0.000001);
            Assert.Equal(bce, point.Bce, 0.01);
        }
    }

    [Fact]
    public async Task The_errors_of_all_components_at_once_are_those_of_the_known_line()
    {
        var dataset = await RealData.LoadOrSkip("fashion-mnist");

        Assert.Equal(.046096, PcaErrors.Of(dataset, 2)!.Value, 0.000001);
        Assert.Equal(.015142, PcaErrors.Of(dataset, 32)!.Value, 0.000001);
        Assert.Equal(.002986, PcaErrors.Of(dataset, 256)!.Value, 0.000001);
        Assert.Null(PcaErrors.Of(dataset, 785));
    }

    [Fact]
    public void The_errors_of_all_components_at_once_are_those_of_reconstructing()
    {
        var dataset = new Dataset("noise", "", Some.Images(300), Some.Images(120), 0, [], "");
        var errors = PcaErrors.Compute(dataset);

        Assert.Equal(13, errors.Length);
        Assert.All(PcaLine.Compute(dataset, [1, 5, 12]), point => Assert.Equal(point.Mse, errors[point.Components], 1e-12));
    }

    [Fact]
    public void Bounds_of_two_pixels_match_a_calculation_by_hand()
    {
        var train = new ImageSet(new ImageShape(1, 1, 2), new byte[] { 0, 51, 255, 51 });
        var bounds = DatasetBounds.Compute(new Dataset("hand", "", train, train, 0, [], "")).Train;
        var entropy = -.2 * Math.Log(.2) - .8 * Math.Log(.8);
        Assert.Equal(entropy, bounds.PixelEntropy, 1e-12);
        Assert.Equal(Math.Log(2) + entropy, bounds.MeanImageBce, 1e-12);
        Assert.Equal(-.7 * Math.Log(.35) - 1.3 * Math.Log(.65), bounds.ConstantBce, 1e-12);
        Assert.Equal(.25, bounds.MeanImageSse, 1e-12);
    }

    [Fact]
    public void The_covariance_is_exact_over_several_blocks()
    {
        var set = Some.Images(700);
        var mean = PixelMoments.Of(set).Mean;
        var covariance = PixelCovariance.Compute(set, mean);
        for (var row = 0; row < 12; row++)
        {
            for (var column = 0; column < 12; column++)
            {
                var expected = Enumerable.Range(0, 700).Average(i =>
                    (set.Image(i)[row] / 255.0 - mean[row]) * (set.Image(i)[column] / 255.0 - mean[column]));
                Assert.Equal(expected, covariance[row, column], 1e-12);
            }
        }
    }

    [Fact]
    public void All_components_reconstruct_the_training_images()
    {
        var set = Some.Images(300);
        var line = PcaLine.Compute(new Dataset("noise", "", set, set, 0, [], ""), [1, 12]);
        Assert.Equal(1, line[1].ExplainedVariance, 1e-9);
        Assert.Equal(0, line[1].Mse, 1e-12);
        Assert.True(line[0].Mse > 0.05);
        Assert.Throws<ArgumentException>(() => PcaLine.Compute(new Dataset("noise", "", set, set, 0, [], ""), [13]));
    }
}

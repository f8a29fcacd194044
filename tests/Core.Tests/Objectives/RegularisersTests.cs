using Orchestrator.Core.Batches;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Objectives;

[Collection("torch")]
public sealed class RegularisersTests
{
    [Fact]
    public void The_capacity_grows_step_by_step_and_stays_at_its_end()
    {
        var term = new CapacityTerm(100, 20, 2);

        Assert.Equal([0.0, 5.0, 19.0, 20.0, 20.0], new long[] { 0, 5, 19, 20, 99 }.Select(step => term.At(step, 10)));
        Assert.Equal(20.0, new CapacityTerm(100, 20, 0).At(0, 10));
    }

    [Theory]
    [InlineData(1.0, 300.0)]
    [InlineData(4.0, 0.0)]
    [InlineData(5.5, 150.0)]
    public void The_capacity_term_is_the_distance_of_the_mean_kl(double capacity, double expected)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(expected, new CapacityTerm(100, 20, 0).Of(tensor(new[] { 1.0, 7.0 }), capacity).item<double>(), 9);
    }

    [Fact]
    public void A_cyclical_weight_starts_again_and_rests_at_beta()
    {
        var weight = new KlWarmup(4.0, 1, Cycle: 2);

        Assert.Equal([0.0, 2.0, 4.0, 4.0, 0.0, 2.0, 4.0], new long[] { 0, 5, 10, 19, 20, 25, 30 }.Select(step => weight.At(step, 10)));
    }

    [Fact]
    public void Free_bits_hold_each_dimension_at_its_floor()
    {
        using var scope = NewDisposeScope();
        // KL of N(2, 1) is 2 nats, of N(0.2, 1) is 0.02: only the second is below the floor of 0.5.
        var mean = tensor(new[] { 2.0, 0.2, 2.0, 0.2 }, [2, 2]).requires_grad_();
        var posterior = new Posterior(mean, zeros_like(mean));
        var divergence = GaussianDivergence.FromStandardNormal(mean, posterior.LogVariance!);
        var encoded = new EncodedBatch(new Batch(mean, null, 2), posterior, mean, divergence, new TrainingStep(0, 1));

        var value = new KlObjective(new KlWarmup(3.0, 0), 0.5).Of(encoded);
        value.backward();

        Assert.Equal(3.0 * 2.5, value.item<double>(), 9);
        Assert.Equal([3.0, 0.0, 3.0, 0.0], mean.grad!.data<double>().ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_discrepancy_is_none_between_equal_samples_and_grows_with_their_distance(bool multiquadratic)
    {
        using var scope = NewDisposeScope();
        var measure = new MeanDiscrepancy(multiquadratic, 1.0);
        var sample = randn([50, 3], dtype: ScalarType.Float64);

        Assert.Equal(0.0, measure.Of(sample, sample.clone()).item<double>(), 12);
        var near = measure.Of(sample, sample + 0.5).item<double>();
        Assert.True(near > 0.01);
        Assert.True(measure.Of(sample, sample + 2.0).item<double>() > 2 * near);
    }

    [Fact]
    public void The_discrepancy_is_that_of_a_case_worked_by_hand()
    {
        using var scope = NewDisposeScope();
        var (left, right) = (tensor(new[] { 0.0 }, [1, 1]), tensor(new[] { 2.0 }, [1, 1]));

        // C = 2: k(0, 2) = 2 / (2 + 4), and e^{−4/2}.
        Assert.Equal(2 - 2.0 / 3, new MeanDiscrepancy(true, 1.0).Of(left, right).item<double>(), 12);
        Assert.Equal(2 - 2 * Math.Exp(-2), new MeanDiscrepancy(false, 1.0).Of(left, right).item<double>(), 12);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void Labels_are_shown_on_the_fraction_asked_for_and_more_labels_keep_the_old_ones(double fraction)
    {
        using var scope = NewDisposeScope();
        var indices = arange(10_000, dtype: ScalarType.Int64);

        var mask = new LabelledImages(fraction).Mask(indices);
        var more = new LabelledImages(fraction + 0.05).Mask(indices);

        Assert.InRange(mask.sum().item<double>(), 10_000 * fraction - 5, 10_000 * fraction + 5);
        Assert.Equal(0.0, (mask - more).clamp_min(0.0).sum().item<double>());
    }

    [Fact]
    public void Only_shown_labels_count_in_the_mean()
    {
        using var scope = NewDisposeScope();
        var labelled = new LabelledImages(0.5);
        var indices = arange(6, dtype: ScalarType.Int64);
        var mask = labelled.Mask(indices).data<double>().ToArray();
        var values = new[] { 1.0, 2.0, 4.0, 8.0, 16.0, 32.0 };

        var expected = values.Zip(mask, (v, m) => v * m).Sum() / mask.Sum();

        Assert.Equal(expected, labelled.Mean(tensor(values), indices).item<double>(), 12);
        Assert.Equal(0.0, new LabelledImages(0).Mean(tensor(values), indices).item<double>());
    }
}

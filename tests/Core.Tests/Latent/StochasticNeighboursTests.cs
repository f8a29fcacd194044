using System.Text.Json;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Latent.Projection;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Latent;

[Collection("torch")]
public sealed class StochasticNeighboursTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Latent", "tsne_reference.json"))).RootElement;

    // Five clouds of 24 points, the same as tsne_reference.py makes.
    private static LatentCodes Points()
    {
        long state = 1;
        double Uniform()
        {
            state = (state * 1103515245 + 12345) % 2147483648;
            return state / 2147483648.0;
        }

        var values = new List<float>();
        for (var cloud = 0; cloud < 5; cloud++)
            for (var i = 0; i < 24; i++)
                for (var d = 0; d < 8; d++)
                    values.Add((float)((d == cloud ? 4.0 : 0.0) + (Uniform() + Uniform() + Uniform() + Uniform()) - 2.0));
        return new LatentCodes([.. values], 8);
    }

    [Fact]
    public void Points_that_are_all_about_as_far_from_each_other_have_places_too()
    {
        // Corners of a simplex: every neighbour is as far as every other, give or take a thousandth.
        const int Count = 120;
        var random = new Random(1);
        var values = new float[Count * Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = (i / Count == i % Count ? 10 : 0) + 1e-3f * random.NextSingle();

        var embedding = StochasticNeighbours.Embed(new LatentCodes(values, Count), 30);

        Assert.All(embedding.Points.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Joint_probabilities_equal_scikit_learns()
    {
        using var scope = NewDisposeScope();
        var points = Points();
        var joint = JointProbabilities.Of(tensor(points.Values.ToArray(), [points.Count, 8]), 15).data<float>().ToArray();
        foreach (var probe in Reference.GetProperty("probe").EnumerateArray())
        {
            var expected = probe[2].GetDouble();
            Assert.Equal(expected, joint[probe[0].GetInt32() * points.Count + probe[1].GetInt32()], Math.Max(1e-9, expected * 2e-3));
        }

        Assert.Equal(1.0, joint.Sum(p => (double)p), 4);
    }

    [Fact]
    public void The_divergence_left_is_within_scikit_learns_own_spread()
    {
        var divergence = StochasticNeighbours.Embed(Points(), 15).Divergence;
        var others = Reference.GetProperty("divergencesFromNoise").EnumerateArray().Select(x => x.GetDouble())
            .Append(Reference.GetProperty("divergenceFromComponents").GetDouble()).ToArray();
        Assert.InRange(divergence, others.Min() * 0.97, others.Max() * 1.03);
    }

    [Fact]
    public void Clouds_stay_apart_and_the_picture_is_the_same_again()
    {
        var points = Points();
        var embedding = StochasticNeighbours.Embed(points, 15);
        byte[] labels = [.. Enumerable.Range(0, points.Count).Select(i => (byte)(i / 24))];
        Assert.True(Orchestrator.Core.Evaluation.Separation.Silhouette.Of(embedding.Points, labels) > 0.6);
        Assert.Equal(embedding.Points.Values.ToArray(), StochasticNeighbours.Embed(points, 15).Points.Values.ToArray());
    }

    [Fact]
    public void Too_few_codes_for_the_perplexity_are_refused() =>
        Assert.Throws<ArgumentException>(() => StochasticNeighbours.Embed(new LatentCodes(new float[20], 2), 30));
}

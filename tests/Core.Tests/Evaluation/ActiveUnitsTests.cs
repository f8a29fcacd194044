using Orchestrator.Core.Evaluation;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class ActiveUnitsTests
{
    [Fact]
    public void Dimensions_whose_mean_varies_are_counted_and_others_are_not()
    {
        using var scope = NewDisposeScope();
        // Variances over the four images: 1, 0 (though the mean is far from 0), 0.0099, 0.0101.
        var (below, above) = ((float)Math.Sqrt(0.0099), (float)Math.Sqrt(0.0101));
        var means = tensor(new[] { 1f, 5f, below, above, -1f, 5f, -below, -above, 1f, 5f, below, above, -1f, 5f, -below, -above }, [4, 4]);

        Assert.Equal(2.0, ActiveUnits.Count(means).item<double>());
    }
}

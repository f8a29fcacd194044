using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Tests.Latent;

public sealed class PrincipalComponentsTests
{
    // Points on the line y = 2x, with a little across it.
    private static readonly LatentCodes Points = new([-2, -4, -1, -2, 0, 0, 1, 2, 2, 4, 0.2f, -0.1f, -0.2f, 0.1f], 2);

    [Fact]
    public void The_first_component_is_the_line_and_the_variances_are_exact()
    {
        var components = PrincipalComponents.Of(Points);
        Assert.Equal(1 / Math.Sqrt(5), components.Components[0, 0], 6);
        Assert.Equal(2 / Math.Sqrt(5), components.Components[0, 1], 6);
        // Along: 2·(1 + 4)·5/6; across: 2·0.05/6.
        Assert.Equal(50.0 / 6, components.ExplainedVariance[0], 5);
        Assert.Equal(0.1 / 6, components.ExplainedVariance[1], 5);
        Assert.Equal(1.0, components.ExplainedRatio.Sum(), 12);
    }

    [Fact]
    public void Projections_have_the_explained_variance()
    {
        var components = PrincipalComponents.Of(Points);
        var projected = components.Project(Points, 1);
        var squares = Enumerable.Range(0, projected.Count).Sum(i => (double)projected[i][0] * projected[i][0]);
        Assert.Equal(components.ExplainedVariance[0], squares / (Points.Count - 1), 4);
    }

    [Fact]
    public void Codes_that_do_not_vary_explain_nothing() =>
        Assert.All(PrincipalComponents.Of(new LatentCodes([1, 2, 1, 2], 2)).ExplainedRatio, ratio => Assert.Equal(0.0, ratio));
}

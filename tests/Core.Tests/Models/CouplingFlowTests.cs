using Orchestrator.Core.Models.Priors;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Models;

[Collection("torch")]
public sealed class CouplingFlowTests
{
    [Fact]
    public void Noise_and_codes_lead_to_each_other()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var flow = Some(5, 4);
        var codes = randn([7, 5], dtype: ScalarType.Float64);

        var back = flow.FromNoise(flow.ToNoise(codes).Noise);

        Assert.True((back - codes).abs().max().item<double>() < 1e-12);
        Assert.True((flow.ToNoise(codes).Noise - codes).abs().max().item<double>() > 0.05);
    }

    [Fact]
    public void The_determinant_is_that_of_the_jacobian_by_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        const double Width = 1e-6;
        var flow = Some(3, 3);
        var code = randn([1, 3], dtype: ScalarType.Float64);
        var steps = eye(3, dtype: ScalarType.Float64) * Width;

        var columns = (flow.ToNoise(code + steps).Noise - flow.ToNoise(code - steps).Noise) / (2 * Width);

        Assert.Equal(Determinant(columns), Math.Exp(flow.ToNoise(code).LogDeterminant.item<double>()), 6);
    }

    [Fact]
    public void The_density_integrates_to_one()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        const int Side = 481;
        const double Reach = 24.0;
        var flow = Some(2, 3);
        var axis = (arange(Side, dtype: ScalarType.Float64) / (Side - 1.0) * 2.0 - 1.0) * Reach;
        var grid = stack([axis.view(Side, 1).expand(Side, Side).reshape(-1), axis.view(1, Side).expand(Side, Side).reshape(-1)], 1);
        var cell = 2 * Reach / (Side - 1);

        var mass = flow.LogDensity(grid).exp().sum().item<double>() * cell * cell;

        Assert.Equal(1.0, mass, 3);
    }

    /// <summary>A flow with weights large enough to bend.</summary>
    private static CouplingFlow Some(int latent, int layers)
    {
        manual_seed(5);
        return new CouplingFlow(
        [
            .. Enumerable.Range(0, layers).Select(_ => (nn.Module<Tensor, Tensor>)nn.Sequential(
                nn.Linear(latent, 8, dtype: ScalarType.Float64), nn.Tanh(), nn.Linear(8, 2 * latent, dtype: ScalarType.Float64))),
        ]);
    }

    private static double Determinant(Tensor matrix)
    {
        double M(int row, int column) => matrix[row, column].item<double>();
        return M(0, 0) * (M(1, 1) * M(2, 2) - M(1, 2) * M(2, 1))
            - M(0, 1) * (M(1, 0) * M(2, 2) - M(1, 2) * M(2, 0))
            + M(0, 2) * (M(1, 0) * M(2, 1) - M(1, 1) * M(2, 0));
    }
}

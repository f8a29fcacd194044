using Orchestrator.Core.Layers;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Layers;

[Collection("torch")]
public sealed class ResidualLayerTests
{
    [Fact]
    public void A_block_whose_convolutions_are_zero_gives_back_what_it_got_negative_values_too()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var block = new ResidualLayer(2).Create();
        foreach (var parameter in block.parameters())
            parameter.zero_();
        var input = tensor([-1f, 2f, -3f, 4f, -5f, 6f, -7f, 8f], [1, 2, 2, 2]);

        Assert.Equal([-1f, 2f, -3f, 4f, -5f, 6f, -7f, 8f], block.call(input).data<float>().ToArray());
    }
}

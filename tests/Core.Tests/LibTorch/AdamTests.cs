using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

/// <summary>The one pass of Adam against libtorch's operators.</summary>
[Collection("torch")]
public sealed class AdamTests
{
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.03, false)]
    [InlineData(0.03, true)]
    public void One_pass_gives_the_bits_of_the_operators(double weightDecay, bool decoupled)
    {
        var (expected, expectedState) = Train(weightDecay, decoupled, operatorByOperator: true);
        var (actual, actualState) = Train(weightDecay, decoupled, operatorByOperator: false);

        Assert.Equal(expected, actual);
        Assert.Equal(expectedState, actualState);
    }

    private static (float[] Weights, byte[] State) Train(double weightDecay, bool decoupled, bool operatorByOperator)
    {
        Adam.IsOperatorByOperator = operatorByOperator;
        try
        {
            using var scope = NewDisposeScope();
            manual_seed(9);
            // Lengths beside every vector width; one parameter never gets a gradient.
            Parameter[] parameters = [new(randn(1000, 37)), new(randn(1)), new(randn(77)), new(randn(5))];
            using var optimizer = decoupled
                ? optim.AdamW(parameters, 0.01, weight_decay: weightDecay)
                : optim.Adam(parameters, 0.01, weight_decay: weightDecay);
            for (var step = 0; step < 20; step++)
            {
                optimizer.zero_grad();
                parameters.Take(3).Select(parameter => (parameter * randn_like(parameter)).sin().sum()).Aggregate((a, b) => a + b).backward();
                optimizer.step();
            }

            using var state = new MemoryStream();
            using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
            {
                optimizer.save_state_dict(writer);
            }

            return ([.. parameters.SelectMany(parameter => parameter.detach().data<float>().ToArray())], state.ToArray());
        }
        finally
        {
            Adam.IsOperatorByOperator = false;
        }
    }
}

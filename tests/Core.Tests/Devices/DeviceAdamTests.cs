using Orchestrator.LibTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Devices;

/// <summary>Adam's one kernel on a device takes the steps of its plain form.</summary>
[Collection("torch")]
[Trait("on", "device")]
public sealed class DeviceAdamTests : IDisposable
{
    public void Dispose() => DeviceAdam.IsForced = false;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    public void Steps_on_the_device_are_those_of_the_plain_form(double weightDecay)
    {
        SkipWithoutKernel();

        var expected = Run(weightDecay, isPlain: true);
        var actual = Run(weightDecay, isPlain: false);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void State_saved_from_the_device_goes_on_in_the_plain_form_and_back()
    {
        SkipWithoutKernel();
        using var scope = NewDisposeScope();
        var (expected, actual) = (Weights(), Weights());
        using var straight = optim.Adam([expected]);
        Steps(straight, expected, 0, 6);

        using (var first = optim.Adam([actual]))
        {
            Steps(first, actual, 0, 3);
            Assert.Null(RepeatedAdam.WhyNot(first));
            using var second = optim.Adam([actual]);
            using var buffer = new MemoryStream();
            first.save_state_dict(new BinaryWriter(buffer));
            buffer.Position = 0;
            second.load_state_dict(new BinaryReader(buffer));
            Assert.Equal([3L], RepeatedAdam.Steps(second));
            Steps(second, actual, 3, 3);
        }

        Assert.Equal(Values(expected), Values(actual));
    }

    private static void SkipWithoutKernel()
    {
        if (DeviceUnderTest.IsCuda)
            return;
        var version = Version.Parse(TorchRuntime.Version.Split('+', 'a')[0]);
        Assert.SkipWhen(version < new Version(2, 4), $"libtorch {version} has the kernel for no device that is here");
        DeviceAdam.IsForced = true;
    }

    private static float[] Run(double weightDecay, bool isPlain)
    {
        using var scope = NewDisposeScope();
        var weights = Weights();
        Adam.IsOperatorByOperator = isPlain;
        try
        {
            using var optimizer = optim.Adam([weights], lr: 0.01, weight_decay: weightDecay);
            Steps(optimizer, weights, 0, 20);
            Assert.Equal(isPlain, RepeatedAdam.WhyNot(optimizer) is not null);
            return Values(weights);
        }
        finally
        {
            Adam.IsOperatorByOperator = false;
        }
    }

    private static Parameter Weights() => nn.Parameter(linspace(-1, 1, 1000).to(DeviceUnderTest.Device));

    private static void Steps(Adam optimizer, Parameter weights, int first, int count)
    {
        for (var step = first; step < first + count; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            ((weights - 0.25) * (weights - 0.25) * (1.0 + step % 3)).sum().backward();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = step < 4 ? 0.01 : 0.003;
            optimizer.step();
        }
    }

    private static float[] Values(Tensor tensor) => tensor.detach().cpu().data<float>().ToArray();
}

using System.Runtime.InteropServices;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Models;
using Orchestrator.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Devices;

/// <summary>What the options of precision and determinism do.</summary>
[Collection("torch")]
[Trait("on", "device")]
public sealed class PrecisionTests
{
    [Theory]
    [InlineData("dense")]
    [InlineData("conv")]
    public void Under_autocast_the_loss_falls_and_the_bits_are_others(string encoder)
    {
        var plain = encoder == "dense" ? Some.Configuration : Some.Convolutional;
        var short_ = plain.With(DeviceParameters.Autocast, "bf16");

        var expected = DeviceUnderTest.TakeSteps(plain);
        var actual = DeviceUnderTest.TakeSteps(short_);

        Assert.NotEqual(expected.Digest, actual.Digest);
        var (first, last) = (actual.Value(1, "train/loss"), actual.Value(2, "train/loss"));
        Assert.True(last < first, $"{first} to {last}");
        Assert.Equal(1.0, last / expected.Value(2, "train/loss"), 0.03);
    }

    [Fact]
    public void Under_autocast_a_training_repeats_its_bits_too()
    {
        var parameters = Some.Configuration.With(DeviceParameters.Autocast, "bf16").With(DeviceParameters.Deterministic, true);

        Assert.Equal(DeviceUnderTest.TakeSteps(parameters).Digest, DeviceUnderTest.TakeSteps(parameters).Digest);
    }

    [Fact]
    public void Autocast_shortens_layers_in_training_only_and_leaves_weights_and_gradients_long()
    {
        using var scope = NewDisposeScope();
        var device = DeviceUnderTest.Device;
        var parameters = Some.Configuration.With(ModelParameters.Family, "ae");
        using var data = new TrialData(DatasetFacts.Load(parameters, null, default), 9500, 1, device);
        using var model = (Autoencoder)Initialisation.Build(ModelCatalogue.Of(parameters), parameters, data.Shape, 1);
        model.to(device);
        var batch = data.Train.Batch(0, 64);
        var exact = model.Encode(batch).Mean;
        new LibTorchRuntime().UseBfloat16(model, device);

        var trained = model.Encode(batch).Mean;
        trained.sum().backward();
        model.eval();
        var evaluated = model.Encode(batch).Mean;

        Assert.Equal((ScalarType.Float32, ScalarType.Float32), (trained.dtype, evaluated.dtype));
        Assert.NotEqual(exact.cpu().data<float>().ToArray(), trained.cpu().data<float>().ToArray());
        Assert.Equal(exact.cpu().data<float>().ToArray(), evaluated.cpu().data<float>().ToArray());
        Assert.False(Autocast.IsEnabled(device));
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.All(model.parameters().Where(parameter => parameter.grad is not null), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));
        Assert.Contains(model.parameters(), parameter => parameter.grad is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tf32_and_determinism_hold_while_a_trial_trains_and_no_longer(bool isOn)
    {
        var seen = new List<(bool Tf32, bool Deterministic)>();
        var observer = new RecordingObserver
        {
            OnProgress = report =>
            {
                if (report.Stage == "training")
                    seen.Add((CudaDevices.AllowTf32, TorchRuntime.DeterministicAlgorithms));
            },
        };

        DeviceUnderTest.Train(
            Some.Configuration.With(DeviceParameters.Tf32, isOn).With(DeviceParameters.Deterministic, isOn), 1, observer: observer);

        Assert.NotEmpty(seen);
        Assert.All(seen, now => Assert.Equal((isOn, isOn), now));
        Assert.Equal((false, false), (CudaDevices.AllowTf32, TorchRuntime.DeterministicAlgorithms));
    }

    [Fact]
    public void A_provider_without_the_options_says_so_before_anything_trains()
    {
        var asked = Some.Configuration.With(DeviceParameters.Autocast, "bf16").With(DeviceParameters.Tf32, true).With(DeviceParameters.CudaGraphs, true);
        var own = DeviceRuntime.Current;
        DeviceRuntime.Current = DeviceRuntime.Plain;
        try
        {
            var problems = Configurations.Check(asked);

            Assert.Equal(["tf32", "autocast"], problems.Select(problem => problem.Where));
            Assert.All(problems, problem => Assert.Contains("TorchProvider=system", problem.Remedy, StringComparison.Ordinal));
        }
        finally
        {
            DeviceRuntime.Current = own;
        }
        Assert.Empty(Configurations.Check(asked));
    }

    [Fact]
    public void An_operator_without_a_deterministic_form_is_told_by_the_parameters_name()
    {
        var error = new LibtorchError(
            "max_pool2d_backward does not have a deterministic implementation, but you set 'torch.use_deterministic_algorithms(True)'.");

        Assert.True(Unrepeatable.Is(error));
        Assert.StartsWith("deterministic: max_pool2d_backward cannot be repeated", Unrepeatable.Explain(error), StringComparison.Ordinal);
        Assert.False(Unrepeatable.Is(new LibtorchError("out of memory")));
    }

    private sealed class LibtorchError(string message) : ExternalException(message);
}

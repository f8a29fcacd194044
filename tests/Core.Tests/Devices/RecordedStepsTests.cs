using Orchestrator.Core.Contracts;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Devices;

/// <summary>
/// Repeating a recorded step gives the bits of plain steps. On a CUDA device the recordings are CUDA graphs; elsewhere the
/// host stands in for them.
/// </summary>
[Collection("torch")]
[Trait("on", "device")]
public sealed class RecordedStepsTests : IDisposable
{
    private readonly DeviceRuntime _own = DeviceRuntime.Current;

    public void Dispose() => DeviceRuntime.Current = _own;

    public static TheoryData<string> Families =>
        ["ae", "dae", "vae", "cvae", "capacity-vae", "info-vae", "vamp-vae", "flow-vae", "label-vae", "gan", "conv", "bf16"];

    private static ParameterSet Configuration(string family) => (family switch
    {
        "conv" => Some.Convolutional,
        "bf16" => Some.Configuration.With(DeviceParameters.Autocast, "bf16"),
        _ => Some.Configuration.With(ModelParameters.Family, family).With(VampPriorFamily.PseudoInputs, 7).With(CapacityFamily.CapacityEpochs, 0.0),
    }).With(DeviceParameters.Deterministic, true);

    [Theory]
    [MemberData(nameof(Families))]
    public void Recorded_steps_have_the_bits_of_plain_ones(string family)
    {
        var plain = DeviceUnderTest.TakeSteps(Configuration(family).With(TrainingParameters.Schedule, "cosine"));

        var recorded = DeviceUnderTest.TakeSteps(Recorded(Configuration(family)).With(TrainingParameters.Schedule, "cosine"));

        Assert.Equal(plain.Digest, recorded.Digest);
        Assert.Equal(plain.Metrics.AsEnumerable(), recorded.Metrics);
        Assert.Empty(recorded.Remarks);
    }

    [Fact]
    public void An_interrupted_recorded_training_goes_on_with_the_same_bits()
    {
        var parameters = Recorded(Configuration("vae"));

        var expected = DeviceUnderTest.TakeSteps(parameters);
        var actual = DeviceUnderTest.TakeSteps(parameters, null, 5, 13);

        Assert.Equal(expected.Digest, actual.Digest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void Whole_batches_are_repeated_after_the_first_three_and_short_ones_are_not()
    {
        var runtime = new ReexecutingRuntime();
        DeviceRuntime.Current = runtime;

        DeviceUnderTest.TakeSteps(Some.Configuration.With(DeviceParameters.CudaGraphs, true), "cpu");

        Assert.Equal((1, (7 - 3) + 7 + 4), (runtime.Recordings, runtime.Replays));
    }

    // Steps 0 to 11 have growing weights, the eighth of each epoch is a short batch; the first plain step after them tells
    // that the weight has come to rest.
    [Theory]
    [InlineData(1.5, 0.0, 6)]
    [InlineData(0.5, 1.0, 5)]
    public void Steps_are_plain_while_the_weight_of_the_kl_changes_and_repeated_where_it_is_the_recorded_one(
        double warmup, double cycle, int repeated)
    {
        var parameters = Some.Configuration.With(ObjectiveParameters.BetaWarmup, warmup).With(ObjectiveParameters.BetaCycle, cycle);
        var plain = DeviceUnderTest.TakeSteps(parameters, "cpu");
        var runtime = new ReexecutingRuntime();
        DeviceRuntime.Current = runtime;

        var recorded = DeviceUnderTest.TakeSteps(parameters.With(DeviceParameters.CudaGraphs, true), "cpu");

        Assert.Equal(plain.Digest, recorded.Digest);
        Assert.Equal((1, repeated), (runtime.Recordings, runtime.Replays));
    }

    [Fact]
    public void Where_recording_fails_steps_are_plain_and_the_trial_says_why()
    {
        var plain = DeviceUnderTest.TakeSteps(Some.Configuration, "cpu");
        DeviceRuntime.Current = new ReexecutingRuntime { Failure = "a number was read" };

        var recorded = DeviceUnderTest.TakeSteps(Some.Configuration.With(DeviceParameters.CudaGraphs, true), "cpu");

        Assert.Equal(plain.Digest, recorded.Digest);
        var remark = Assert.Single(recorded.Remarks);
        Assert.Equal("cuda_graphs: the steps ran one by one, since a number was read", remark);
        Assert.Equal([remark], recorded.Logs);
    }

    [Fact]
    public void On_the_cpu_and_under_TorchSharps_packages_steps_are_plain_and_the_trial_says_why()
    {
        var parameters = Some.Configuration.With(DeviceParameters.CudaGraphs, true);

        var own = DeviceUnderTest.TakeSteps(parameters, "cpu");
        DeviceRuntime.Current = DeviceRuntime.Plain;
        var package = DeviceUnderTest.TakeSteps(parameters, "cpu");

        Assert.Contains("no CUDA device", Assert.Single(own.Remarks), StringComparison.Ordinal);
        Assert.Contains("TorchSharp", Assert.Single(package.Remarks), StringComparison.Ordinal);
    }

    private static ParameterSet Recorded(ParameterSet parameters)
    {
        if (!DeviceUnderTest.IsCuda)
            DeviceRuntime.Current = new RecordingLikeLibTorch();
        return parameters.With(DeviceParameters.CudaGraphs, true);
    }

    /// <summary>The provider's own runtime, with the host in place of CUDA graphs.</summary>
    private sealed class RecordingLikeLibTorch : DeviceRuntime
    {
        private readonly LibTorchRuntime _provider = new();
        private readonly ReexecutingRuntime _host = new();

        public override bool HasOptions => true;

        public override IDisposable Enter(TorchSharp.torch.Device device, DeviceOptions options) => _provider.Enter(device, options);

        public override void UseBfloat16(TorchSharp.torch.nn.Module model, TorchSharp.torch.Device device) => _provider.UseBfloat16(model, device);

        public override string? WhyNoRecording(TorchSharp.torch.Device device) => null;

        public override RecordedStep Record(TorchSharp.torch.Device device, IReadOnlyList<TorchSharp.Modules.Adam> optimizers, Action step) =>
            _host.Record(device, optimizers, step);
    }
}

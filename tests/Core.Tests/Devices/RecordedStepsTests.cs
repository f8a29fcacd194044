using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Models.Families;
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
    private const int WholeBatches = 7;
    private readonly DeviceRuntime _own = DeviceRuntime.Current;

    public void Dispose() => DeviceRuntime.Current = _own;

    public static TheoryData<string> Families =>
        ["ae", "dae", "vae", "cvae", "capacity-vae", "info-vae", "vamp-vae", "flow-vae", "label-vae", "gan", "conv", "bf16"];

    private static ParameterSet Configuration(string family) => (family switch
    {
        "conv" => Some.Convolutional,
        "bf16" => Some.Configuration.With(DeviceParameters.Autocast, "bf16"),
        _ => Some.Configuration.With(Parameters.Family, family).With(VampPriorFamily.PseudoInputs, 7).With(CapacityFamily.CapacityEpochs, 0.0),
    }).With(DeviceParameters.Deterministic, true);

    [Theory]
    [MemberData(nameof(Families))]
    public void A_recorded_training_has_the_bits_of_a_plain_one(string family)
    {
        var plain = DeviceUnderTest.Train(Configuration(family).With(Parameters.Schedule, "cosine"), 3);

        var recorded = DeviceUnderTest.Train(Recorded(Configuration(family)).With(Parameters.Schedule, "cosine"), 3);

        Assert.Equal(plain.WeightsDigest, recorded.WeightsDigest);
        Assert.Equal(plain.Metrics.AsEnumerable(), recorded.Metrics);
        Assert.DoesNotContain(recorded.Remarks, remark => remark.StartsWith("cuda_graphs", StringComparison.Ordinal));
    }

    [Fact]
    public void An_interrupted_recorded_training_goes_on_with_the_same_bits()
    {
        var parameters = Recorded(Configuration("vae"));
        var expected = DeviceUnderTest.Train(parameters, 3);
        using var folder = new TemporaryFolder();
        var trial = Some.Trial(parameters, 3);
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver { OnProgress = p => { if (p is { Epoch: 2, Batch: 5, Stage: "training" }) cancellation.Cancel(); } };

        var first = Trainer.Train(trial, DeviceUnderTest.In(folder.Path), observer, cancellation.Token);
        var actual = Trainer.Train(trial, DeviceUnderTest.In(folder.Path), new RecordingObserver(), default);

        Assert.Equal(AttemptOutcome.Preempted, first.Outcome);
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void Whole_batches_are_repeated_after_the_first_few_and_short_ones_are_not()
    {
        var runtime = new ReexecutingRuntime();
        DeviceRuntime.Current = runtime;

        DeviceUnderTest.Train(Some.Configuration.With(DeviceParameters.CudaGraphs, true), 2, "cpu");

        Assert.Equal((1, 2 * WholeBatches - 3), (runtime.Recordings, runtime.Replays));
    }

    [Fact]
    public void Steps_are_plain_while_the_weight_of_the_kl_grows_and_repeated_after()
    {
        var warm = Some.Configuration.With(VariationalFamily.BetaWarmup, 1.5);
        var plain = DeviceUnderTest.Train(warm, 3, "cpu");
        var runtime = new ReexecutingRuntime();
        DeviceRuntime.Current = runtime;

        var recorded = DeviceUnderTest.Train(warm.With(DeviceParameters.CudaGraphs, true), 3, "cpu");

        Assert.Equal(plain.WeightsDigest, recorded.WeightsDigest);
        Assert.Equal(1, runtime.Recordings);
        Assert.InRange(runtime.Replays, WholeBatches, (int)(1.5 * (WholeBatches + 1)));
    }

    [Fact]
    public void A_cyclic_weight_is_never_repeated_with_another_value()
    {
        var cyclic = Some.Configuration.With(VariationalFamily.BetaWarmup, 0.5).With(VariationalFamily.BetaCycle, 1.0);
        var plain = DeviceUnderTest.Train(cyclic, 3, "cpu");
        var runtime = new ReexecutingRuntime();
        DeviceRuntime.Current = runtime;

        var recorded = DeviceUnderTest.Train(cyclic.With(DeviceParameters.CudaGraphs, true), 3, "cpu");

        Assert.Equal(plain.WeightsDigest, recorded.WeightsDigest);
        Assert.True(runtime.Replays > 0);
    }

    [Fact]
    public void Where_recording_fails_steps_are_plain_and_the_trial_says_why()
    {
        var plain = DeviceUnderTest.Train(Some.Configuration, 2, "cpu");
        DeviceRuntime.Current = new ReexecutingRuntime { Failure = "a number was read" };
        var observer = new RecordingObserver();

        var recorded = DeviceUnderTest.Train(Some.Configuration.With(DeviceParameters.CudaGraphs, true), 2, "cpu", observer);

        Assert.Equal(plain.WeightsDigest, recorded.WeightsDigest);
        var remark = Assert.Single(recorded.Remarks, text => text.StartsWith("cuda_graphs", StringComparison.Ordinal));
        Assert.Contains("a number was read", remark, StringComparison.Ordinal);
        Assert.Equal(remark, Assert.Single(observer.Logs));
    }

    [Fact]
    public void On_the_cpu_and_under_TorchSharps_packages_steps_are_plain_and_the_trial_says_why()
    {
        var parameters = Some.Configuration.With(DeviceParameters.CudaGraphs, true);

        var own = DeviceUnderTest.Train(parameters, 1, "cpu");
        DeviceRuntime.Current = DeviceRuntime.Plain;
        var package = DeviceUnderTest.Train(parameters, 1, "cpu");

        Assert.Contains(own.Remarks, remark => remark.Contains("no CUDA device", StringComparison.Ordinal));
        Assert.Contains(package.Remarks, remark => remark.Contains("TorchSharp", StringComparison.Ordinal));
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

        public override void UseBfloat16(Orchestrator.Core.Models.Model model, TorchSharp.torch.Device device) => _provider.UseBfloat16(model, device);

        public override string? WhyNoRecording(TorchSharp.torch.Device device) => null;

        public override RecordedStep Record(TorchSharp.torch.Device device, IReadOnlyList<Optimization> optimizations, Action step) =>
            _host.Record(device, optimizations, step);
    }
}

using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;
using Orchestrator.Core.Training.Checkpoints;
using Orchestrator.Core.Training.Steps;
using Orchestrator.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Devices;

/// <summary>Training on the device under test.</summary>
[Collection("torch")]
[Trait("on", "device")]
public sealed class DeviceTests
{
    [Theory]
    [InlineData("dense")]
    [InlineData("conv")]
    public void A_model_without_noise_trains_as_on_the_cpu(string encoder)
    {
        var parameters = (encoder == "dense" ? Some.Configuration : Some.Convolutional).With(ModelParameters.Family, "ae");

        var expected = DeviceUnderTest.Train(parameters, 1, "cpu");
        var actual = DeviceUnderTest.Train(parameters, 1);

        Assert.Equal(Some.Names(expected.Metrics), Some.Names(actual.Metrics));
        foreach (var name in new[] { "train/loss", "val/reconstruction", "test/mse" })
            Assert.Equal(1.0, DeviceUnderTest.Value(actual, 1, name) / DeviceUnderTest.Value(expected, 1, name), 1e-3);
    }

    [Fact]
    public void Every_family_trains_to_its_end_with_its_pictures()
    {
        DeviceUnderTest.SkipWithoutCuda();
        foreach (var family in ModelCatalogue.All)
        {
            var outcome = DeviceUnderTest.Train(Some.Configuration.With(ModelParameters.Family, family.Name), 1);

            Assert.Contains(outcome.Artifacts, artifact => artifact.Kind == "weights");
            Assert.Contains(outcome.Artifacts, artifact => artifact.Kind is "samples" or "reconstructions");
        }
    }

    [Theory]
    [InlineData("vae", "dense")]
    [InlineData("vae", "conv")]
    [InlineData("gan", "dense")]
    public void An_interrupted_training_goes_on_with_the_bytes_of_an_undisturbed_one(string family, string encoder)
    {
        var parameters = (encoder == "dense" ? Some.Configuration : Some.Convolutional)
            .With(ModelParameters.Family, family).With(DeviceParameters.Deterministic, true);

        var expected = DeviceUnderTest.TakeSteps(parameters);
        var actual = DeviceUnderTest.TakeSteps(parameters, null, 5, 13);

        Assert.Equal(expected.Digest, actual.Digest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void A_checkpoint_holds_the_states_of_the_generators_and_gives_them_back()
    {
        using var scope = NewDisposeScope();
        var device = DeviceUnderTest.Device;
        using var data = new TrialData(DatasetFacts.Load(Some.Configuration, null, default), 9500, 1, device);
        using var model = Initialisation.Build(ModelCatalogue.Of(Some.Configuration), Some.Configuration, data.Shape, 1);
        model.to(device);
        manual_seed(7);
        randn([5], device: device);
        var tensors = TrainingTensors.Save(model, [], device);
        float[][] expected = [Draw(device), Draw(CPU)];
        manual_seed(8);

        TrainingTensors.Load(tensors, model, [], device);

        Assert.Equal(expected, [Draw(device), Draw(CPU)]);
        Assert.Equal(
            DeviceUnderTest.IsCuda ? ["generator.cpu", "generator.cuda"] : ["generator.cpu"],
            tensors.Keys.Where(name => name.StartsWith("generator.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_device_that_is_not_there_is_told_with_its_cause_and_a_remedy()
    {
        var far = TorchDevice.Check("cuda:99")!;
        var nonsense = TorchDevice.Check("gpu")!;

        Assert.Contains("'cuda:99'", far.Cause, StringComparison.Ordinal);
        Assert.StartsWith("Choose one of: cpu", far.Remedy, StringComparison.Ordinal);
        Assert.Equal("There is no device 'gpu' here.", nonsense.Cause);
        if (TorchDevice.Available().Count == 1)
        {
            Assert.Contains(CudaDevices.IsBuilt ? "CUDA" : "built without CUDA", far.Cause, StringComparison.Ordinal);
            Assert.Contains("LIBTORCH driver CUDA_VISIBLE_DEVICES".Split(' '), word => TorchDevice.WhyNoCuda()!.Remedy.Contains(word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_device_of_the_machine_trains_to_the_same_bits()
    {
        DeviceUnderTest.SkipWithoutCuda();
        var parameters = Some.Configuration.With(DeviceParameters.Deterministic, true);

        var digests = TorchDevice.Available().Where(name => name != "cpu").Append("cuda")
            .Select(device => DeviceUnderTest.TakeSteps(parameters, device).Digest);

        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void No_step_makes_the_host_wait_for_the_device()
    {
        DeviceUnderTest.SkipWithoutCuda();
        Assert.SkipWhen(CudaGraph.Missing is not null, CudaGraph.Missing ?? "");
        foreach (var family in ModelCatalogue.All)
        {
            Steps(Some.Configuration.With(ModelParameters.Family, family.Name), 5, () => { });
            Steps(Some.Configuration.With(ModelParameters.Family, family.Name), 20, () => CudaDevices.ForbidWaiting(true));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Thousands_of_steps_take_no_more_memory_of_the_device(bool isRecorded)
    {
        DeviceUnderTest.SkipWithoutCuda();
        var (before, after) = (0L, 0L);
        var parameters = Some.Configuration.With(DeviceParameters.CudaGraphs, isRecorded);
        Steps(parameters, 3000, () => before = CudaDevices.FreeMemory, () => after = CudaDevices.FreeMemory);

        Assert.True(before - after < 1 << 20, $"{before - after} bytes fewer are free");
    }

    private static float[] Draw(Device device) => randn([4], device: device).cpu().data<float>().ToArray();

    // Steps of a training on the device: some to warm up, then `ready`, then as many as asked, then `done`.
    private static void Steps(ParameterSet parameters, int count, Action ready, Action? done = null)
    {
        var device = DeviceUnderTest.Device;
        var options = DeviceOptions.Of(parameters);
        using var entered = DeviceRuntime.Current.Enter(device, options);
        using var data = new TrialData(DatasetFacts.Load(parameters, null, default), 9500, 1, device);
        using var model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, data.Shape, 1);
        model.to(device);
        Optimization[] optimizations = [.. model.Phases.Select(phase => new Optimization(phase, parameters, device))];
        using var steps = options.RecordsSteps
            ? new RecordedSteps(optimizations, data.Train.Count, 64, DeviceRuntime.Current, device, reason => Assert.Fail(reason))
            : new TrainingSteps(optimizations, 64);
        using var order = data.Epoch(1);
        void Take(int step)
        {
            using var scope = NewDisposeScope();
            manual_seed(step);
            steps.Take(order, step % 7, new TrainingStep(step, 8));
        }
        for (var step = 0; step < 50; step++)
            Take(step);
        cuda.synchronize();
        ready();
        try
        {
            for (var step = 0; step < count; step++)
                Take(step);
        }
        finally
        {
            if (CudaGraph.Missing is null)
                CudaDevices.ForbidWaiting(false);
        }
        cuda.synchronize();
        done?.Invoke();
        foreach (var optimization in optimizations)
            optimization.Dispose();
    }
}

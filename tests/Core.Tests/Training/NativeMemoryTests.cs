using System.Diagnostics;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Training;
using Orchestrator.LibTorch;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Training;

/// <summary>Every family that is registered, on small dense parts: its steps leave nothing behind.</summary>
[Collection("torch")]
public sealed class NativeMemoryTests
{
    private const int Windows = 10;
    private const int StepsOfWindow = 1000;
    private const int Page = 4096;

    public static TheoryData<string> Families => [.. ModelCatalogue.All.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Thousands_of_steps_leave_no_tensor_and_no_byte_behind(string family) =>
        CheckSteps(Some.Configuration.With(ModelParameters.Family, family).With(DenseNetwork.Hidden, [16]));

    [Fact]
    public void Thousands_of_steps_of_a_scripts_model_leave_no_tensor_and_no_byte_behind()
    {
        var script = new CustomModel
        {
            Name = "test-memory",
            Description = "a linear model",
            Build = (parameters, image) => new(
                nn.Sequential(nn.Flatten(), nn.Linear(image.Pixels, 2 * parameters.Get(ModelParameters.Latent))),
                nn.Sequential(
                    nn.Linear(parameters.Get(ModelParameters.Latent), image.Pixels),
                    nn.Unflatten(1, [image.Channels, image.Height, image.Width]))),
        };
        ExtensionCatalogue.Add(script, "test.fsx@0123");
        try
        {
            CheckSteps(Some.Configuration.Without("hidden")
                .With(ModelParameters.Family, script.Name).With("extension", new ParameterValue.Text("test.fsx@0123")));
        }
        finally
        {
            ExtensionCatalogue.Clear();
        }
    }

    private static void CheckSteps(ParameterSet parameters)
    {
        Assert.Empty(Configurations.Check(parameters));
        using var data = new TrialData(DatasetFacts.Load(parameters, null, default), 9500, 1, CPU);
        using var model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, data.Shape, 1);
        Optimization[] optimizations = [.. model.Phases.Select(phase => new Optimization(phase, parameters, CPU))];
        Steps(data, optimizations, 200);
        // What other tests left to the garbage collector is gone before the count begins.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var tensors = Tensor.TotalCount;

        // The runtime allocates now and then on the same heap; a leak grows every window, and a tensor is over 100 bytes.
        var growth = Enumerable.Range(0, Windows).Select(_ => Growth(() => Steps(data, optimizations, StepsOfWindow))).ToArray();

        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.True(
            growth.Min(bytes => bytes.Native) < 100 * StepsOfWindow / 2,
            $"native bytes per {StepsOfWindow} steps: {string.Join(", ", growth.Select(bytes => bytes.Native))}");
        Assert.True(
            growth.Min(bytes => bytes.Resident) < 100 * StepsOfWindow / 2,
            $"resident bytes per {StepsOfWindow} steps: {string.Join(", ", growth.Select(bytes => bytes.Resident))}");
        foreach (var optimization in optimizations)
            optimization.Dispose();
    }

    private static (long Native, long Resident) Growth(Action work)
    {
        var (native, resident) = (TorchRuntime.NativeHeapBytes, ResidentBytes());
        work();
        return (TorchRuntime.NativeHeapBytes - native, ResidentBytes() - resident);
    }

    // What the garbage collector has not collected yet is no leak.
    private static long ResidentBytes()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / Page * Page;
    }

    private static void Steps(TrialData data, Optimization[] optimizations, int count)
    {
        using var order = data.Epoch(1);
        for (var step = 0; step < count; step++)
        {
            using var scope = NewDisposeScope();
            var batch = order.Batch(step % order.Batches(16), 16);
            foreach (var optimization in optimizations)
                optimization.Step(batch, new TrainingStep(step, 32));
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Files;
using Orchestrator.Core.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Devices;

/// <summary>
/// The device that these tests train on: what <c>ORCHESTRATOR_TEST_DEVICE</c> names, else the first GPU, else the CPU. On the
/// CPU they hold the same code together with itself; on a GPU they hold it to the CPU.
/// </summary>
internal static class DeviceUnderTest
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_DEVICE")
        ?? TorchDevice.Available().FirstOrDefault(name => name != "cpu") ?? "cpu";

    public static Device Device { get; } = TorchDevice.Of(Name);

    public static bool IsCuda => Device.type == DeviceType.CUDA;

    public static void SkipWithoutCuda() => Assert.SkipUnless(IsCuda, "the device under test is no CUDA device");

    public static TrialEnvironment In(string folder, string? device = null) =>
        Some.Environment(folder) with { Device = device ?? Name };

    public static TrialOutcome Train(ParameterSet parameters, int epochs, string? device = null, ITrialObserver? observer = null)
    {
        using var folder = new TemporaryFolder();
        var outcome = Trainer.Train(
            Some.Trial(parameters, epochs), In(folder.Path, device), observer ?? new RecordingObserver(), default);
        Assert.True(outcome.Outcome == AttemptOutcome.Completed, string.Create(CultureInfo.InvariantCulture, $"{outcome.Outcome}: {outcome.Error}"));
        return outcome;
    }

    /// <summary>
    /// Trains for 20 steps, through two epochs of eight batches and into the third, stopping and going on where asked; what
    /// the last checkpoint holds. Quicker than a whole trial, whose pictures take most of its time.
    /// </summary>
    public static Steps TakeSteps(ParameterSet parameters, string? device = null, params int[] stops)
    {
        using var folder = new TemporaryFolder();
        var trial = Some.Trial(parameters, 3);
        var logs = new List<string>();
        TrialOutcome outcome = null!;
        foreach (var stop in stops.Append(20))
        {
            using var cancellation = new CancellationTokenSource();
            var observer = new RecordingObserver
            {
                OnProgress = p =>
                {
                    if (p.Stage == "training" && (p.Epoch - 1) * 8 + p.Batch == stop)
                        cancellation.Cancel();
                },
            };
            outcome = Trainer.Train(trial, In(folder.Path, device), observer, cancellation.Token);
            Assert.True(outcome.Outcome == AttemptOutcome.Preempted, $"{outcome.Outcome}: {outcome.Error}");
            logs.AddRange(observer.Logs);
        }
        using var file = File.OpenRead(folder.File("checkpoints", "000002-000004.safetensors"));
        var tensors = Safetensors.Read(file).Tensors.Where(tensor => !tensor.Key.StartsWith("generator.", StringComparison.Ordinal));
        return new Steps(WeightsFile.Digest(tensors.ToDictionary(StringComparer.Ordinal)), outcome.Metrics, outcome.Remarks, logs);
    }

    public static double Value(TrialOutcome outcome, int epoch, string name) =>
        outcome.Metrics.First(metric => metric.Epoch == epoch && metric.Name == name).Value;

    /// <summary>What a training came to.</summary>
    internal sealed record Steps(string Digest, ImmutableArray<MetricValue> Metrics, ImmutableArray<string> Remarks, List<string> Logs)
    {
        public double Value(int epoch, string name) => Metrics.First(metric => metric.Epoch == epoch && metric.Name == name).Value;
    }
}

using System.Globalization;
using Orchestrator.Core.Contracts;
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

    public static double Value(TrialOutcome outcome, int epoch, string name) =>
        outcome.Metrics.First(metric => metric.Epoch == epoch && metric.Name == name).Value;
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Devices;

/// <summary>
/// What training asks of a device beyond TorchSharp's words. Here it stands as every provider has it: nothing of it. A
/// provider that has more overrides it.
/// </summary>
internal partial class DeviceRuntime
{
    /// <summary>TorchSharp's words alone.</summary>
    public static DeviceRuntime Plain { get; } = new();

    /// <summary>What the provider has. Assigned by tests that compare.</summary>
    public static DeviceRuntime Current { get; set; } = OfProvider();

    /// <summary>True where precision and determinism can be chosen.</summary>
    public virtual bool HasOptions => false;

    /// <summary>Why there is no CUDA device here, and what to do; for a machine that has none or another provider's packages.</summary>
    public virtual (string Cause, string Remedy) WhyNoCuda() => (
        "The torch provider in use sees no CUDA device.",
        "For a GPU, install its driver and build with TorchProvider=nuget-cuda or with a PyTorch that has CUDA (docs/setup.md).");

    /// <summary>A device's name and memory for people, or null where the provider does not know.</summary>
    public virtual string? Describe(int device) => null;

    /// <summary>Makes a device ready to train on with some options; the result takes them back.</summary>
    public virtual IDisposable Enter(Device device, DeviceOptions options) => Nothing.ToTakeBack;

    /// <summary>Lets the parts of a model, its children, compute in bfloat16 while they train.</summary>
    public virtual void UseBfloat16(nn.Module model, Device device) =>
        throw new NotSupportedException("TorchSharp has no words for autocast: the configuration was not checked");

    /// <summary>Why steps cannot be recorded on a device, or null when they can.</summary>
    public virtual string? WhyNoRecording(Device device) => "TorchSharp's packages have no words for CUDA graphs";

    /// <summary>Records a step that ran on the device before; nothing of it is computed.</summary>
    /// <exception cref="NotRecordableException">It cannot be recorded.</exception>
    public virtual RecordedStep Record(Device device, IReadOnlyList<Adam> optimizers, Action step) =>
        throw new NotRecordableException(WhyNoRecording(device)!);

    /// <summary>The states of the generators that training on a device can draw from, by name; bytes on the CPU.</summary>
    public virtual IReadOnlyDictionary<string, Tensor> GeneratorStates(Device device) =>
        new Dictionary<string, Tensor> { ["cpu"] = get_rng_state() };

    /// <summary>Gives a generator a state that <see cref="GeneratorStates"/> gave.</summary>
    public virtual void RestoreGenerator(string name, Tensor state, Device device)
    {
        if (name == "cpu")
            set_rng_state(state);
    }

    private static DeviceRuntime OfProvider()
    {
        var runtime = Plain;
        Choose(ref runtime);
        return runtime;
    }

    /// <summary>Implemented where a provider has more to offer.</summary>
    static partial void Choose(ref DeviceRuntime runtime);

    private sealed class Nothing : IDisposable
    {
        public static Nothing ToTakeBack { get; } = new();

        public void Dispose()
        {
        }
    }
}

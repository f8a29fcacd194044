using System.Globalization;
using Orchestrator.LibTorch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Devices;

/// <summary>Devices under the provider <c>system</c>; compiled with that provider only.</summary>
internal sealed class LibTorchRuntime : DeviceRuntime
{
    private const string OnDevice = "cuda";

    private IDisposable? _region;

    public override bool HasOptions => true;

    public override (string Cause, string Remedy) WhyNoCuda() =>
        !CudaDevices.IsBuilt
            ? ($"The libtorch in use was built without CUDA (version {TorchRuntime.Version}, {TorchRuntime.LibraryPath}).",
               "For a GPU, set LIBTORCH to the folder of a PyTorch with CUDA and run ./orchestrator again (docs/setup.md).")
            : CudaDevices.DriverProblem is { } problem
                ? ($"A CUDA device cannot be used: {problem}.",
                   "Install or repair the NVIDIA driver (nvidia-smi must list the device), or take --device cpu.")
                : ("The NVIDIA driver shows this process no such device.",
                   "Look at nvidia-smi and at the variable CUDA_VISIBLE_DEVICES.");

    public override string? Describe(int device) => string.Create(
        CultureInfo.InvariantCulture,
        $"{CudaDevices.Name(device)}, {CudaDevices.TotalMemory(device) / 1073741824.0:F0} GiB, compute capability {CudaDevices.Capability(device)}");

    public override IDisposable Enter(Device device, DeviceOptions options)
    {
        CudaDevices.FixWorkspace();
        CudaDevices.AllowTf32 = options.AllowsTf32;
        CudaDevices.SetRepeatable(options.IsRepeatable);
        var hasStream = options.RecordsSteps && WhyNoRecording(device) is null;
        if (device.type == DeviceType.CUDA)
            CudaDevices.Select(device.index);
        if (hasStream)
            CudaDevices.UseStream(device.index, own: true);
        return new TakenBack(() =>
        {
            CloseRegion();
            if (hasStream)
                CudaDevices.UseStream(device.index, own: false);
            CudaDevices.SetRepeatable(false);
            CudaDevices.AllowTf32 = false;
        });
    }

    /// <summary>A region around each part of the model; what a part gives is float32 again.</summary>
    public override void UseBfloat16(nn.Module model, Device device)
    {
        foreach (var part in model.children().OfType<nn.Module<Tensor, Tensor>>())
        {
            part.register_forward_pre_hook((module, input) =>
            {
                if (module.training)
                    _region = Autocast.Enter(device, ScalarType.BFloat16);
                return input;
            });
            part.register_forward_hook((_, _, output) =>
            {
                CloseRegion();
                return output.to(ScalarType.Float32);
            });
        }
    }

    public override string? WhyNoRecording(Device device) =>
        device.type != DeviceType.CUDA ? "the device is no CUDA device" : CudaGraph.Missing;

    public override RecordedStep Record(Device device, IReadOnlyList<Adam> optimizers, Action step)
    {
        if (optimizers.Select(RepeatedAdam.WhyNot).FirstOrDefault(why => why is not null) is { } why)
            throw new NotRecordableException(why);
        foreach (var optimizer in optimizers)
            RepeatedAdam.Send(optimizer);
        var taken = optimizers.Select(RepeatedAdam.Steps).ToList();
        try
        {
            return new RecordedGraph(CudaGraph.Record(device.index, step), optimizers);
        }
        catch (TorchException e)
        {
            CloseRegion();
            foreach (var (optimizer, steps) in optimizers.Zip(taken))
                RepeatedAdam.TakeBack(optimizer, steps);
            throw new NotRecordableException(e.Message.Split('\n')[0], e);
        }
    }

    public override IReadOnlyDictionary<string, Tensor> GeneratorStates(Device device)
    {
        var states = new Dictionary<string, Tensor>(base.GeneratorStates(device));
        if (device.type == DeviceType.CUDA)
            states.Add(OnDevice, CudaDevices.GeneratorState(device.index));
        return states;
    }

    public override void RestoreGenerator(string name, Tensor state, Device device)
    {
        if (name == OnDevice && device.type == DeviceType.CUDA)
            CudaDevices.SetGeneratorState(device.index, state);
        base.RestoreGenerator(name, state, device);
    }

    private void CloseRegion()
    {
        _region?.Dispose();
        _region = null;
    }

    private sealed class TakenBack(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}

internal partial class DeviceRuntime
{
    static partial void Choose(ref DeviceRuntime runtime) => runtime = new LibTorchRuntime();
}

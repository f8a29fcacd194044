using System.Text;
using Orchestrator.LibTorch.Interop;
using TorchSharp;

namespace Orchestrator.LibTorch;

/// <summary>The machine's NVIDIA devices, and how this thread computes on them: what TorchSharp has no words for.</summary>
public static unsafe class CudaDevices
{
    /// <summary>True when the libtorch of this process has CUDA, whatever the machine has.</summary>
    public static bool IsBuilt => Native.ot_cuda_is_built() != 0;

    /// <summary>Why the machine's NVIDIA driver cannot be used, or null when it can.</summary>
    public static string? DriverProblem => Text(0, 0) is { Length: > 0 } problem ? problem : null;

    /// <summary>The newest CUDA version that the driver serves, such as <c>12.4</c>; empty without a driver.</summary>
    public static string DriverVersion => Text(1, 0);

    /// <summary>A device's name, such as <c>NVIDIA A100</c>.</summary>
    public static string Name(int index) => Text(2, index);

    /// <summary>A device's compute capability, such as <c>8.0</c>.</summary>
    public static string Capability(int index) => Text(3, index);

    /// <summary>Bytes of a device's memory.</summary>
    public static long TotalMemory(int index)
    {
        long bytes;
        Check.Done(Native.ot_driver_total_memory(index, &bytes));
        return bytes;
    }

    /// <summary>Free bytes of the device that this thread computes on, which must have been used before.</summary>
    public static long FreeMemory
    {
        get
        {
            long bytes;
            Check.Done(Native.ot_driver_free_memory(&bytes));
            return bytes;
        }
    }

    /// <summary>Makes a device the one that this thread computes on.</summary>
    public static void Select(int index) => Check.Done(Native.ot_cuda_select(index));

    /// <summary>
    /// Gives this thread a stream of its own on a device, which recording asks for, or the device's default one. Waits for
    /// what the device was given so far.
    /// </summary>
    public static void UseStream(int index, bool own) => Check.Done(Native.ot_cuda_use_stream(index, own ? 1 : 0));

    /// <summary>Whether products and convolutions may round their float32 inputs to TF32's ten bits.</summary>
    public static bool AllowTf32
    {
        get
        {
            int allowed;
            Check.Done(Native.ot_get_tf32(&allowed));
            return allowed != 0;
        }

        set => Check.Done(Native.ot_set_tf32(value ? 1 : 0));
    }

    /// <summary>
    /// Takes only algorithms that give the same bits run after run, on every device; an operator that has none fails. cuBLAS
    /// needs <see cref="FixWorkspace"/> before.
    /// </summary>
    public static void SetRepeatable(bool on) => Check.Done(Native.ot_set_repeatable(on ? 1 : 0));

    /// <summary>
    /// Lets cuBLAS repeat its sums: it reads the variable when a device is first used, so this comes before. A value that the
    /// user has set stays.
    /// </summary>
    public static void FixWorkspace() => _ = Native.ot_default_variable("CUBLAS_WORKSPACE_CONFIG", ":4096:8");

    /// <summary>While on, an operation that makes the host wait for the device fails.</summary>
    public static void ForbidWaiting(bool on) => Check.Done(Native.ot_forbid_waiting(on ? 1 : 0));

    /// <summary>The state of a device's default generator, bytes on the CPU.</summary>
    public static torch.Tensor GeneratorState(int index)
    {
        using var generator = torch.Generator.DefaultOf(new torch.Device(index));
        return generator.get_state();
    }

    /// <summary>Gives a device's default generator a state that <see cref="GeneratorState"/> gave.</summary>
    public static void SetGeneratorState(int index, torch.Tensor state)
    {
        using var generator = torch.Generator.DefaultOf(new torch.Device(index));
        generator.set_state(state);
    }

    private static string Text(int which, int index)
    {
        var buffer = new byte[512];
        fixed (byte* target = buffer)
        {
            var length = Native.ot_driver_text(which, index, target, buffer.Length);
            return length < 0
                ? throw Check.LastError()
                : Encoding.UTF8.GetString(buffer, 0, int.Min(length, buffer.Length));
        }
    }
}

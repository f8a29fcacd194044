using System;
using System.Linq;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// The rate and the step count of a group of parameters on their device, for a step in one kernel that takes nothing from
/// the host. The optimizer's own numbers lead: what differs is sent before a step.
/// </summary>
internal sealed unsafe class DeviceAdam : IDisposable
{
    private readonly Tensor rate;
    private readonly Tensor step;
    private double sentRate = double.NaN;
    private long sentStep = -1;

    internal DeviceAdam(Device device)
    {
        using var quiet = no_grad();
        rate = zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
        step = zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
    }

    /// <summary>Also where there is no CUDA device, so that the arithmetic can be compared there.</summary>
    internal static bool IsForced { get; set; }

    /// <summary>True where the kernel takes these parameters: plain Adam, in float32, on one CUDA device, all in step.</summary>
    internal static bool Takes(Parameter[] members, Adam.State[] states, Adam.Options options)
    {
        if (members.Length == 0 || options.amsgrad || Native.ot_adam_on_device_exists() == 0)
        {
            return false;
        }

        var device = members[0].device;
        return (device.type == DeviceType.CUDA || IsForced)
            && states.All(state => state.step == states[0].step)
            && members.All(member => member.dtype == ScalarType.Float32
                && Native.ot_has_grad(member.Handle) != 0
                && member.device.Equals(device));
    }

    /// <summary>Sends what the device does not have yet. The host waits for nothing.</summary>
    internal void Send(double learningRate, long taken)
    {
        using var quiet = no_grad();
        if (learningRate != sentRate)
        {
            rate.fill_((Scalar)learningRate);
            sentRate = learningRate;
        }

        if (taken != sentStep)
        {
            step.fill_((Scalar)taken);
            sentStep = taken;
        }
    }

    /// <summary>One step of all parameters.</summary>
    internal void Take(Parameter[] members, Adam.State[] states, AdamSettings settings)
    {
        Send(settings.LearningRate, states[0].step);
        var count = members.Length;
        var handles = new nint[count * 3];
        for (var i = 0; i < count; i++)
        {
            handles[i] = members[i].Handle;
            handles[count + i] = states[i].exp_avg.Handle;
            handles[(count * 2) + i] = states[i].exp_avg_sq.Handle;
        }

        fixed (nint* list = handles)
        {
            Check.Done(
                Native.ot_adam_step_on_device(&settings, list, list + count, list + (count * 2), count, rate.Handle, step.Handle),
                members, states, this);
        }

        Taken(states);
    }

    /// <summary>Notes a step that the device has taken.</summary>
    internal void Taken(Adam.State[] states)
    {
        sentStep++;
        foreach (var state in states)
        {
            state.step++;
        }
    }

    public void Dispose()
    {
        rate.Dispose();
        step.Dispose();
    }
}

using System.Collections.Generic;
using System.Linq;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp.Modules;

/// <summary>The part of Adam that steps on CUDA devices.</summary>
public partial class Adam
{
    // By the place of a group's first state.
    private readonly Dictionary<int, (DeviceAdam Device, State[] States, ParamGroup Group)> onDevice = [];

    /// <summary>True when the last step of every group was one kernel on its device.</summary>
    internal bool AllOnDevice => Groups.Count > 0 && onDevice.Count == Groups.Count;

    internal IEnumerable<State> AdamStates => States.Cast<State>();

    internal void SendToDevice()
    {
        foreach (var (device, states, group) in onDevice.Values)
        {
            device.Send(group.LearningRate, states[0].step);
        }
    }

    internal void NoteRepeated()
    {
        foreach (var (device, states, _) in onDevice.Values)
        {
            device.Taken(states);
        }
    }

    /// <summary>Whatever the device has is no longer known.</summary>
    internal void ForgetSent()
    {
        foreach (var (device, _, _) in onDevice.Values)
        {
            device.Dispose();
        }

        onDevice.Clear();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ForgetSent();
        }

        base.Dispose(disposing);
    }

    // False where the step has to be taken the host's way.
    private bool StepOnDevice(Parameter[] members, int firstState, Options options, AdamSettings settings)
    {
        if (members.Length == 0 || (members[0].device_type != DeviceType.CUDA && !DeviceAdam.IsForced))
        {
            return false;
        }

        var known = onDevice.TryGetValue(firstState, out var held);
        var states = known ? held.States : [.. States.Skip(firstState).Take(members.Length).Cast<State>()];
        if (IsOperatorByOperator || !DeviceAdam.Takes(members, states, options))
        {
            if (onDevice.Remove(firstState))
            {
                held.Device.Dispose();
            }

            return false;
        }

        if (!known)
        {
            held = (new DeviceAdam(members[0].device), states, Groups.First(group => ReferenceEquals(group.Members, members)));
            onDevice.Add(firstState, held);
        }

        held.Device.Take(members, states, settings);
        return true;
    }
}

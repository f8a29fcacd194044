using System.Linq;
using TorchSharp.Modules;

namespace Orchestrator.LibTorch;

/// <summary>What recording a step needs of its optimizer: the numbers that the host keeps beside the device's.</summary>
public static class RepeatedAdam
{
    /// <summary>Why the optimizer's last step took numbers from the host, or null: its steps can then be recorded.</summary>
    public static string? WhyNot(Adam optimizer) => optimizer.AllOnDevice
        ? null
        : "Adam's step takes numbers from the host (a parameter without a gradient, or a libtorch before 2.3)";

    /// <summary>Sends rate and step count to the device, where they are not what the host has.</summary>
    public static void Send(Adam optimizer) => optimizer.SendToDevice();

    /// <summary>Notes that a recorded step is about to be repeated.</summary>
    public static void Repeat(Adam optimizer)
    {
        optimizer.SendToDevice();
        optimizer.NoteRepeated();
    }

    /// <summary>The step counts as the host has them.</summary>
    public static long[] Steps(Adam optimizer) => [.. optimizer.AdamStates.Select(state => state.step)];

    /// <summary>Takes back steps that were recorded and not computed.</summary>
    public static void TakeBack(Adam optimizer, long[] steps)
    {
        foreach (var (state, step) in optimizer.AdamStates.Zip(steps))
        {
            state.step = step;
        }

        optimizer.ForgetSent();
    }
}

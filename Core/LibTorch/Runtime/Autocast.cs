using System;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace Orchestrator.LibTorch;

/// <summary>
/// Regions of this thread in which the layers that gain by it (products and convolutions) compute in a shorter type.
/// Parameters keep theirs, and so do gradients. TorchSharp has no words for it.
/// </summary>
public static class Autocast
{
    /// <summary>Opens a region, which the result closes. Regions do not nest.</summary>
    /// <param name="device">The device that computes.</param>
    /// <param name="type">The shorter type, such as <c>BFloat16</c>.</param>
    public static IDisposable Enter(Device device, ScalarType type)
    {
        Check.Done(Native.ot_autocast_enter((int)device.type, (int)type));
        return new Region(device);
    }

    /// <summary>True inside a region.</summary>
    public static unsafe bool IsEnabled(Device device)
    {
        int result;
        Check.Done(Native.ot_autocast_is_enabled((int)device.type, &result));
        return result != 0;
    }

    private sealed class Region(Device device) : IDisposable
    {
        private bool isClosed;

        public void Dispose()
        {
            if (isClosed)
            {
                return;
            }

            isClosed = true;
            Check.Done(Native.ot_autocast_leave((int)device.type));
        }
    }
}

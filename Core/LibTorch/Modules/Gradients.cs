using Orchestrator.LibTorch.Interop;

namespace TorchSharp.Modules;

/// <summary>Calls over the gradients of many parameters at once.</summary>
internal static unsafe class Gradients
{
    internal static void Clear(Parameter[] parameters, bool setToNone)
    {
        var handles = Check.Handles(parameters);
        fixed (nint* list = handles)
        {
            Check.Done(Native.ot_zero_grad(list, handles.Length, setToNone ? 1 : 0), parameters);
        }
    }

    internal static double ClipNorm(Parameter[] parameters, double maxNorm, double normType)
    {
        var handles = Check.Handles(parameters);
        double result;
        fixed (nint* list = handles)
        {
            Check.Done(Native.ot_clip_grad_norm(list, handles.Length, maxNorm, normType, &result), parameters);
        }

        return result;
    }

    internal static void ClipValue(Parameter[] parameters, double value)
    {
        var handles = Check.Handles(parameters);
        fixed (nint* list = handles)
        {
            Check.Done(Native.ot_clip_grad_value(list, handles.Length, value), parameters);
        }
    }
}

using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/activation.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_leaky_relu(nint x, ScalarValue slope);

    [LibraryImport(Library)]
    internal static partial int ot_leaky_relu_(nint x, ScalarValue slope);

    [LibraryImport(Library)]
    internal static partial nint ot_elu(nint x, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_elu_(nint x, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_selu(nint x);

    [LibraryImport(Library)]
    internal static partial int ot_selu_(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_celu(nint x, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_silu(nint x);

    [LibraryImport(Library)]
    internal static partial int ot_silu_(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_mish(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_gelu(nint x, int tanh);

    [LibraryImport(Library)]
    internal static partial nint ot_prelu(nint x, nint weight);

    [LibraryImport(Library)]
    internal static partial nint ot_relu6(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_hardtanh(nint x, ScalarValue low, ScalarValue high);

    [LibraryImport(Library)]
    internal static partial nint ot_hardsigmoid(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_hardswish(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_softplus(nint x, ScalarValue beta, ScalarValue threshold);

    [LibraryImport(Library)]
    internal static partial nint ot_logsigmoid(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_softmax(nint x, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_log_softmax(nint x, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_glu(nint x, long dim);

    [LibraryImport(Library)]
    internal static partial nint ot_bce(nint x, nint y, nint weight, long reduction);

    [LibraryImport(Library)]
    internal static partial nint ot_bce_with_logits(nint x, nint y, nint weight, nint positive, long reduction);

    [LibraryImport(Library)]
    internal static partial nint ot_cross_entropy(nint x, nint y, nint weight, long reduction, long ignore, double smoothing);

    [LibraryImport(Library)]
    internal static partial nint ot_nll_loss(nint x, nint y, nint weight, long reduction, long ignore);

    [LibraryImport(Library)]
    internal static partial nint ot_mse_loss(nint x, nint y, long reduction);

    [LibraryImport(Library)]
    internal static partial nint ot_l1_loss(nint x, nint y, long reduction);

    [LibraryImport(Library)]
    internal static partial nint ot_smooth_l1_loss(nint x, nint y, long reduction, double beta);

    [LibraryImport(Library)]
    internal static partial nint ot_huber_loss(nint x, nint y, long reduction, double delta);

    [LibraryImport(Library)]
    internal static partial nint ot_kl_div(nint x, nint y, long reduction, int logTarget);

    [LibraryImport(Library)]
    internal static partial nint ot_poisson_nll_loss(nint x, nint y, int logInput, int full, double eps, long reduction);
}

using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/nn.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_linear(nint x, nint weight, nint bias);

    [LibraryImport(Library)]
    internal static partial nint ot_conv1d(nint x, nint weight, nint bias, long stride, long padding, long dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint ot_conv2d(nint x, nint weight, nint bias, long* stride, long* padding, long* dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint ot_conv_transpose2d(nint x, nint weight, nint bias, long* stride, long* padding, long* outputPadding, long* dilation, long groups);

    [LibraryImport(Library)]
    internal static partial nint ot_max_pool2d(nint x, long* kernel, long* stride, long* padding, long* dilation, int ceilMode);

    [LibraryImport(Library)]
    internal static partial nint ot_avg_pool2d(nint x, long* kernel, long* stride, long* padding, int ceilMode, int countIncludePad);

    [LibraryImport(Library)]
    internal static partial nint ot_adaptive_avg_pool2d(nint x, long* size);

    [LibraryImport(Library)]
    internal static partial nint ot_adaptive_max_pool2d(nint x, long* size);

    [LibraryImport(Library)]
    internal static partial nint ot_batch_norm(nint x, nint weight, nint bias, nint mean, nint var, int training, double momentum, double eps);

    [LibraryImport(Library)]
    internal static partial nint ot_layer_norm(nint x, long* shape, int n, nint weight, nint bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint ot_group_norm(nint x, long groups, nint weight, nint bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint ot_instance_norm(nint x, nint weight, nint bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint ot_upsample2d(nint x, int mode, long* size, int align, double* scales, int scaleCount);

    [LibraryImport(Library)]
    internal static partial nint ot_pad(nint x, long* widths, int n, int mode, double value);

    [LibraryImport(Library)]
    internal static partial nint ot_pixel_shuffle(nint x, long factor);

    [LibraryImport(Library)]
    internal static partial nint ot_pixel_unshuffle(nint x, long factor);

    [LibraryImport(Library)]
    internal static partial nint ot_dropout(nint x, double p, int training);

    [LibraryImport(Library)]
    internal static partial int ot_dropout_(nint x, double p, int training);

    [LibraryImport(Library)]
    internal static partial nint ot_feature_dropout(nint x, double p, int training);

    [LibraryImport(Library)]
    internal static partial int ot_feature_dropout_(nint x, double p, int training);

    [LibraryImport(Library)]
    internal static partial nint ot_embedding(nint weight, nint index, long paddingIndex, int scaleByFrequency, int sparse);

    [LibraryImport(Library)]
    internal static partial int ot_embedding_renorm_(nint weight, nint index, double maxNorm, double normType);

    [LibraryImport(Library)]
    internal static partial nint ot_one_hot(nint x, long classes);

    [LibraryImport(Library)]
    internal static partial nint ot_cosine_similarity(nint a, nint b, long dim, double eps);

    [LibraryImport(Library)]
    internal static partial nint ot_normalize(nint x, double p, long dim, double eps);
}

using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/random.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_generator_new(int deviceType, int deviceIndex, ulong seed, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_generator_default(int deviceType, int deviceIndex, nint* result);

    [LibraryImport(Library)]
    internal static partial void ot_generator_free(nint handle);

    [LibraryImport(Library)]
    internal static partial int ot_generator_manual_seed(nint handle, ulong seed);

    [LibraryImport(Library)]
    internal static partial int ot_generator_seed(nint handle, ulong* result);

    [LibraryImport(Library)]
    internal static partial int ot_generator_initial_seed(nint handle, ulong* result);

    [LibraryImport(Library)]
    internal static partial nint ot_generator_get_state(nint handle);

    [LibraryImport(Library)]
    internal static partial int ot_generator_set_state(nint handle, nint state);

    [LibraryImport(Library)]
    internal static partial int ot_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial nint ot_rand(long* size, int n, nint g, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_randn(long* size, int n, nint g, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_randint(long low, long high, long* size, int n, nint g, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_randperm(long n, nint g, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_rand_like(nint t, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_randn_like(nint t, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_bernoulli(nint t, nint g);

    [LibraryImport(Library)]
    internal static partial nint ot_multinomial(nint t, long samples, int replacement, nint g);

    [LibraryImport(Library)]
    internal static partial nint ot_poisson(nint t, nint g);

    [LibraryImport(Library)]
    internal static partial nint ot_normal(double mean, double std, long* size, int n, nint g, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial int ot_normal_(nint t, double mean, double std, nint g);

    [LibraryImport(Library)]
    internal static partial int ot_uniform_(nint t, double low, double high, nint g);

    [LibraryImport(Library)]
    internal static partial int ot_bernoulli_(nint t, double p, nint g);

    [LibraryImport(Library)]
    internal static partial int ot_exponential_(nint t, double rate, nint g);

    [LibraryImport(Library)]
    internal static partial int ot_random_(nint t, long low, long high, nint g);
}

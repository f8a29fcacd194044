using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/devices.cpp, cuda_driver.cpp, autocast.cpp, graphs.cpp and optim_device.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_cuda_is_built();

    [LibraryImport(Library)]
    internal static partial int ot_cuda_select(int index);

    [LibraryImport(Library)]
    internal static partial int ot_cuda_use_stream(int index, int own);

    [LibraryImport(Library)]
    internal static partial int ot_set_tf32(int allowed);

    [LibraryImport(Library)]
    internal static partial int ot_get_tf32(int* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_repeatable(int on);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ot_default_variable(string name, string value);

    [LibraryImport(Library)]
    internal static partial int ot_driver_text(int which, int index, byte* buffer, int capacity);

    [LibraryImport(Library)]
    internal static partial int ot_driver_total_memory(int index, long* result);

    [LibraryImport(Library)]
    internal static partial int ot_driver_free_memory(long* result);

    [LibraryImport(Library)]
    internal static partial int ot_autocast_enter(int deviceType, int dtype);

    [LibraryImport(Library)]
    internal static partial int ot_autocast_leave(int deviceType);

    [LibraryImport(Library)]
    internal static partial int ot_autocast_is_enabled(int deviceType, int* result);

    [LibraryImport(Library)]
    internal static partial byte* ot_graph_missing();

    [LibraryImport(Library)]
    internal static partial int ot_graph_begin(nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_graph_end(nint graph);

    [LibraryImport(Library)]
    internal static partial int ot_graph_replay(nint graph);

    [LibraryImport(Library)]
    internal static partial void ot_graph_free(nint graph);

    [LibraryImport(Library)]
    internal static partial int ot_graph_abandon(nint graph, int device);

    [LibraryImport(Library)]
    internal static partial int ot_forbid_waiting(int on);

    [LibraryImport(Library)]
    internal static partial int ot_adam_on_device_exists();

    [LibraryImport(Library)]
    internal static partial int ot_adam_step_on_device(AdamSettings* settings, nint* parameters, nint* means, nint* squares, int count, nint rate, nint step);
}

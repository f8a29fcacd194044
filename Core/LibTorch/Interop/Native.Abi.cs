using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/abi.cpp.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "orchestrator_torch";

    [LibraryImport(Library)]
    internal static partial int ot_error_kind();

    [LibraryImport(Library)]
    internal static partial byte* ot_error_message();
}

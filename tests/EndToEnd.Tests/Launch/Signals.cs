using System.Runtime.InteropServices;

namespace EndToEnd.Tests.Launch;

/// <summary>Signals as an operating system or a person sends them.</summary>
internal static partial class Signals
{
    private const int Interruption = 2;
    private const int Killing = 9;
    private const int Thawing = 18;
    private const int Freezing = 19;

    /// <summary>What Ctrl-C sends.</summary>
    public static bool Interrupt(int processId) => Send(processId, Interruption) == 0;

    /// <summary>The end that no process can prepare for.</summary>
    public static bool Kill(int processId) => Send(processId, Killing) == 0;

    /// <summary>Stops a process where it is, without its knowing.</summary>
    public static bool Freeze(int processId) => Send(processId, Freezing) == 0;

    /// <summary>Lets a stopped process go on.</summary>
    public static bool Thaw(int processId) => Send(processId, Thawing) == 0;

    /// <summary>True while the process exists.</summary>
    public static bool IsAlive(int processId) => Send(processId, 0) == 0 && !IsZombie(processId);

    private static bool IsZombie(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int processId, int signal);
}

using System.Runtime.InteropServices;

namespace BusIngest.Support.Programs;

/// <summary>POSIX signals, by their numbers on Linux.</summary>
internal static partial class Signal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends it; a process that is gone is no error.</summary>
    public static void Send(int processId, int signal) => _ = Call(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Call(int processId, int signal);
}

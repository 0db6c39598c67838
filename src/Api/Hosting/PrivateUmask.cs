using System.Runtime.InteropServices;

namespace BusIngest.Api.Hosting;

/// <summary>Has the files and folders that this process makes be its owner's alone: 0600 and 0700, SQLite's and the logs' among them.</summary>
internal static class PrivateUmask
{
    private const int OthersNothing = 0b_000_111_111;

    /// <summary>Sets it; on Windows, where folders' own rights count, it does nothing.</summary>
    public static void Set()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetUmask(OthersNothing);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUmask(int mask);
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BusIngest.Bus.Storage.Files;

/// <summary>
/// A lock on a directory itself. A lock file can be removed, and made anew by somebody else who then has it too; a directory that is removed takes
/// its files along, which is seen by these. It dies with the process.
/// </summary>
internal static class DirectoryLock
{
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int ExclusiveNonBlocking = 2 | 4;
    private const int WouldBlock = 11;

    /// <summary>Takes it.</summary>
    /// <returns>The lock; null where the file system has none of the kind.</returns>
    /// <exception cref="IOException">Another process has it.</exception>
    public static SafeFileHandle? Take(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var directory = Open(FileIdentity.Encode(path), ReadOnlyCloseOnExec);
        if (directory < 0)
            return null;

        var handle = new SafeFileHandle(directory, ownsHandle: true);
        if (Lock(directory, ExclusiveNonBlocking) == 0)
            return handle;

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return error == WouldBlock ? throw new IOException("Another process has locked the directory.") : null;
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(int file, int operation);
}

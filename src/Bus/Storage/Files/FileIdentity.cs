using System.Runtime.InteropServices;
using System.Text;

namespace BusIngest.Bus.Storage.Files;

/// <summary>Which file a name leads to: its device and inode. A name that leads to another file, or to none, has another one.</summary>
/// <param name="Device">The device, as major and minor number.</param>
/// <param name="Inode">The inode there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>Where the system does not tell: all files are alike, and only their absence shows.</summary>
    private static readonly FileIdentity Unknown = new(0, 0);

    /// <summary>A path as the system takes it, for <see cref="Of(string, byte[])"/>.</summary>
    public static byte[] Encode(string path) => Encoding.UTF8.GetBytes(path + '\0');

    /// <summary>The file that a path leads to now; null when there is none, or it is out of reach.</summary>
    public static FileIdentity? Of(string path) => Of(path, Encode(path));

    /// <summary>As the other one, without the cost of encoding: a microsecond.</summary>
    public static FileIdentity? Of(string path, byte[] encoded)
    {
        if (OperatingSystem.IsLinux() && Statx.IsThere)
            return Statx.Read(encoded);
        return Path.Exists(path) ? Unknown : null;
    }

    /// <summary>statx(2), whose structure is the same on every architecture.</summary>
    private static class Statx
    {
        private const int CurrentDirectory = -100;
        private const uint WantsInode = 0x100;
        private const int Size = 256;
        private const int InodeAt = 32;
        private const int DeviceAt = 136;

        /// <summary>Whether the C library and the kernel have it.</summary>
        public static bool IsThere { get; } = Try();

        public static FileIdentity? Read(byte[] path)
        {
            Span<byte> answer = stackalloc byte[Size];
            return Call(CurrentDirectory, path, 0, WantsInode, ref MemoryMarshal.GetReference(answer)) == 0
                ? new FileIdentity(MemoryMarshal.Read<ulong>(answer[DeviceAt..]), MemoryMarshal.Read<ulong>(answer[InodeAt..]))
                : null;
        }

        private static bool Try()
        {
            try
            {
                return Read(Encode("/")) is not null;
            }
            catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
            {
                return false;
            }
        }

        [DllImport("libc", EntryPoint = "statx")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Call(int directory, byte[] path, int flags, uint mask, ref byte answer);
    }
}

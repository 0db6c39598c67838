using System.Diagnostics;

namespace BusIngest.Support.Storage;

/// <summary>A file system of a few megabytes, which can be filled and given room again.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _mountPoint = new();
    private readonly string _filler;

    /// <summary>Mounts it.</summary>
    /// <param name="megabytes">Its size in MiB.</param>
    /// <exception cref="InvalidOperationException">It can't be mounted here, for want of root, say.</exception>
    public SmallDisk(int megabytes)
    {
        _filler = System.IO.Path.Combine(_mountPoint.Path, "filler");
        try
        {
            Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _mountPoint.Path);
        }
        catch (Exception e)
        {
            _mountPoint.Dispose();
            throw new InvalidOperationException("A small tmpfs can't be mounted: run this test as root, and where mount(2) is allowed.", e);
        }
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _mountPoint.Path;

    /// <summary>Free bytes.</summary>
    public long Free => new DriveInfo(Path).AvailableFreeSpace;

    /// <summary>Takes all room but so many bytes.</summary>
    public void FillExcept(long bytes)
    {
        var buffer = new byte[64 * 1024];
        using var filler = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (Free > bytes)
                filler.Write(buffer, 0, (int)Math.Min(buffer.Length, Math.Max(4096, Free - bytes)));
        }
        catch (IOException)
        {
            // Somebody else took the rest: full is what it should be.
        }
    }

    /// <summary>Gives back what <see cref="FillExcept"/> took.</summary>
    public void Empty() => File.Delete(_filler);

    /// <summary>Makes the disk as large as that, in MiB.</summary>
    public void Resize(int megabytes) => Run("mount", "-o", $"remount,size={megabytes}m", Path);

    /// <inheritdoc />
    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        _mountPoint.Dispose();
    }

    private static void Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{tool} did not start");
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}: {complaint}");
    }
}

using BusIngest.Bus.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace BusIngest.Bus.Storage;

/// <summary>The directory that holds this process's files. It belongs to one process at a time, by a lock that dies with it: on a file, and on the directory itself.</summary>
public sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;
    private readonly SafeFileHandle? _directory;

    private DataDirectory(string path, FileStream @lock, SafeFileHandle? directory)
    {
        Path = path;
        _lock = @lock;
        _directory = directory;
        Instance = ReadInstance(System.IO.Path.Combine(path, "instance"));
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What the directory is known by to other processes: an id that its first owner drew, in its file `instance`.</summary>
    public Guid Instance { get; }

    /// <summary>Makes the directory if need be, and takes it.</summary>
    /// <param name="path">Relative to the working directory, or full.</param>
    /// <returns>The directory; disposing it gives it up.</returns>
    /// <exception cref="DataDirectoryException">Another process has it, or it can't be written.</exception>
    public static DataDirectory Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            var file = System.IO.Path.Combine(full, "busingest.lock");
            var @lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                return new DataDirectory(full, @lock, DirectoryLock.Take(full));
            }
            catch
            {
                @lock.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"DATA_DIR: {full} can't be taken; does another process use it? {exception.Message}", exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _directory?.Dispose();
        _lock.Dispose();
    }

    private static Guid ReadInstance(string file)
    {
        if (File.Exists(file) && Guid.TryParse(File.ReadAllText(file), out var known))
            return known;

        var drawn = Guid.NewGuid();
        File.WriteAllText(file, drawn.ToString());
        return drawn;
    }
}

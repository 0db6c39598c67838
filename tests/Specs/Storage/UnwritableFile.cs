using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

/// <summary>A file that nobody can open for writing, as a link to a directory stands in its place, until this is disposed.</summary>
internal sealed class UnwritableFile : IDisposable
{
    private readonly string _path;

    private UnwritableFile(string path)
    {
        _path = path;
        File.Move(path, Aside);
        File.CreateSymbolicLink(path, ".");
    }

    private string Aside => _path + ".aside";

    /// <summary>Puts the file away, and makes its writer notice.</summary>
    public static async Task<UnwritableFile> ReplaceAsync(SqliteDatabase database)
    {
        var file = new UnwritableFile(database.Path);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Writer.WriteAsync(1, _ => 0));
        return file;
    }

    public void Dispose()
    {
        // In one step: a writer that looked in between would make a new file.
        if (File.Exists(Aside))
            File.Move(Aside, _path, overwrite: true);
    }
}

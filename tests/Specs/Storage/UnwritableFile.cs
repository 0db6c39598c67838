using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

/// <summary>A file that nobody can open for writing, as a directory stands in its place, until this is disposed.</summary>
internal sealed class UnwritableFile : IDisposable
{
    private readonly string _path;

    private UnwritableFile(string path)
    {
        _path = path;
        File.Move(path, Aside);
        Directory.CreateDirectory(path);
    }

    private string Aside => _path + ".aside";

    /// <summary>Puts the file away, and makes its writer notice.</summary>
    public static async Task<UnwritableFile> ReplaceAsync(SqliteDatabase database)
    {
        var file = new UnwritableFile(database.Path);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Writer.WriteAsync<int>(1, session =>
        {
            session.Execute("PRAGMA max_page_count = 1; CREATE TABLE one_too_many (x); CREATE TABLE two_too_many (x)");
            return 0;
        }));
        return file;
    }

    public void Dispose()
    {
        if (!File.Exists(Aside))
            return;

        Directory.Delete(_path);
        File.Move(Aside, _path);
    }
}

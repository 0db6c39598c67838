using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage;

/// <summary>A SQLite file: its one writer, and as many readers as are asked for.</summary>
public abstract class SqliteDatabase : IAsyncDisposable
{
    /// <summary>Names the file; it is made by the migrations.</summary>
    protected SqliteDatabase(DataDirectory directory, string fileName, ILogger logger)
    {
        Path = System.IO.Path.Combine(directory.Path, fileName);
        Writer = new SqliteWriter(Path, logger);
        Readers = new SqliteReaders(Path);
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The one that writes.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>Short reads on sessions that are kept open.</summary>
    public SqliteReaders Readers { get; }

    /// <summary>A new read-only session, which sees what is committed.</summary>
    public SqliteSession OpenReader() => SqliteSession.OpenReader(Path);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Readers.Dispose();
        GC.SuppressFinalize(this);
    }
}

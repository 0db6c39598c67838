using BusIngest.Bus.Storage.Files;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage;

/// <summary>A SQLite file: its one writer, and as many readers as are asked for.</summary>
public abstract class SqliteDatabase : IModelDatabase, IAsyncDisposable
{
    private readonly ILogger _logger;

    /// <summary>Names the file; it is made by the migrations.</summary>
    protected SqliteDatabase(DataDirectory directory, string fileName, ILogger logger)
    {
        _logger = logger;
        Path = System.IO.Path.Combine(directory.Path, fileName);
        Writer = new SqliteWriter(Path, logger);
        Readers = new SqliteReaders(Path, Writer.Damage);
    }

    /// <summary>Why the file must be seen to by somebody: it is gone, or damaged; null when it is well. It looks.</summary>
    public string? Trouble => Writer.Files.Trouble() ?? Writer.Damage.Found;

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public string Name => Path;

    /// <inheritdoc />
    public bool IsPostgres => false;

    /// <summary>The one that writes.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>Short reads on sessions that are kept open.</summary>
    public SqliteReaders Readers { get; }

    private string ConnectionString => $"Data Source={Path}";

    /// <summary>A new read-only session, which sees what is committed.</summary>
    public SqliteSession OpenReader() => SqliteSession.OpenReader(Path);

    /// <inheritdoc />
    public void Configure(DbContextOptionsBuilder options, string part, string? assembly) => options.UseSqlite(
        ConnectionString, sqlite => sqlite.MigrationsHistoryTable($"__migrations_{part}").MigrationsAssembly(assembly));

    /// <inheritdoc />
    public void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Guid>().HaveConversion<GuidAsText>();
        conventions.Properties<DateTimeOffset>().HaveConversion<TimeAsMilliseconds>();
    }

    /// <inheritdoc />
    public bool IsAway(Exception exception)
    {
        if (exception is not SqliteException sqlite)
            return false;

        Writer.Damage.Note(sqlite.SqliteErrorCode, sqlite.Message);
        return SqliteFailureException.IsStorageCode(sqlite.SqliteErrorCode);
    }

    /// <inheritdoc />
    public async Task MigrateAsync(IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken)
    {
        FileCheck.Run(Path);
        foreach (var part in parts)
            await SqliteMigrations.ApplyAsync(part, cancellationToken);
        SchemaVersions.WarnOfNewer(this, await SchemaVersions.NewerAsync(parts, cancellationToken), _logger);
        Writer.Files.NoteDatabase();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        // SQLite's last connection removes the -wal by its name, which may be another file's by now.
        if (Writer.Files.Trouble() is null)
        {
            Readers.Dispose();
            // EF's connections stay open in a pool of the process.
            await using (var pooled = new SqliteConnection(ConnectionString))
                SqliteConnection.ClearPool(pooled);
        }

        GC.SuppressFinalize(this);
    }
}

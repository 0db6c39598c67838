using BusIngest.Bus.Storage;
using Microsoft.Data.Sqlite;

namespace BusIngest.Api.Commands;

/// <summary>
/// Empties the tables of the SQLite files in a data directory. A process that runs knows what is parked in its own, and sends it on; so
/// its directory is left alone.
/// </summary>
/// <param name="path">The directory.</param>
/// <param name="tables">The program's tables.</param>
/// <param name="holdsDatabase">Whether the main database is there too, and not in PostgreSQL.</param>
internal sealed class CleanDataDirectory(string path, IReadOnlyList<CleanTable> tables, bool holdsDatabase) : ICleanTarget
{
    private const string Held = "a process that runs has it, and sends on by itself what is parked there; stop it to delete that";

    private static readonly CleanStock Nothing = new([]);

    /// <inheritdoc />
    public string Name => $"SQLite {path}";

    /// <summary>By what id other processes know the directory, once it is cleaned.</summary>
    public Guid? Cleaned { get; private set; }

    /// <inheritdoc />
    public Task<CleanStock> CountAsync(CancellationToken cancellationToken)
    {
        if (!Exists())
            return Task.FromResult(Nothing);

        using var directory = Take();
        return Task.FromResult(directory is null ? Nothing with { Left = Held } : new CleanStock([.. Files().SelectMany(Count)]));
    }

    /// <inheritdoc />
    public Task CleanAsync(CancellationToken cancellationToken)
    {
        if (!Exists())
            return Task.CompletedTask;

        using var directory = Take();
        if (directory is null)
            throw new CommandException($"{Name}: left as it is: {Held}");

        foreach (var file in Files())
            Clean(file);
        Cleaned = directory.Instance;
        return Task.CompletedTask;
    }

    private bool Exists() => Files().Any();

    private IEnumerable<(string Path, IEnumerable<CleanTable> Tables)> Files()
    {
        var files = new[] { (Path: Path.Combine(path, "inbox.db"), IsInbox: true), (Path: Path.Combine(path, "busingest.db"), IsInbox: false) };
        return files
            .Where(file => (file.IsInbox || holdsDatabase) && File.Exists(file.Path))
            .Select(file => (file.Path, tables.Where(table => table.IsInbox == file.IsInbox)));
    }

    private DataDirectory? Take()
    {
        try
        {
            return DataDirectory.Take(path);
        }
        catch (DataDirectoryException)
        {
            return null;
        }
    }

    private List<CleanItem> Count((string Path, IEnumerable<CleanTable> Tables) file)
    {
        using var connection = Open(file.Path);
        return
        [
            .. Existing(connection, file.Tables)
                .Where(table => table.IsCounted)
                .Select(table => new CleanItem(table.Name, Scalar(connection, $"SELECT count(*) FROM {table.Name}"), "rows")),
        ];
    }

    private void Clean((string Path, IEnumerable<CleanTable> Tables) file)
    {
        using var connection = Open(file.Path);
        using var transaction = connection.BeginTransaction();
        foreach (var table in Existing(connection, file.Tables).ToList())
            Scalar(connection, table.Statement);
        transaction.Commit();
    }

    private static IEnumerable<CleanTable> Existing(SqliteConnection connection, IEnumerable<CleanTable> tables) =>
        tables.Where(table => Scalar(connection, $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{table.Name}'") > 0);

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new CommandException($"{Name}: {exception.Message}", exception);
        }
    }
}

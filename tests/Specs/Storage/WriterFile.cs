using BusIngest.Bus.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Storage;

/// <summary>A file with one table `things (name TEXT PRIMARY KEY)`, its writer, and what a reader sees of it.</summary>
internal sealed class WriterFile : IAsyncDisposable
{
    private WriterFile(string path)
    {
        Path = path;
        Writer = new SqliteWriter(path, NullLogger.Instance);
    }

    public string Path { get; }

    public SqliteWriter Writer { get; }

    public static async Task<WriterFile> OpenAsync(string folder)
    {
        var file = new WriterFile(System.IO.Path.Combine(folder, "things.db"));
        await file.Writer.WriteAsync(0, session =>
        {
            session.Execute("CREATE TABLE things (name TEXT PRIMARY KEY)");
            return 0;
        });
        return file;
    }

    /// <summary>What is committed, in the order of writing.</summary>
    public IReadOnlyList<string> Stored()
    {
        using var reader = SqliteSession.OpenReader(Path);
        var rows = reader.Statement("SELECT name FROM things ORDER BY rowid");
        var names = new List<string>();
        while (rows.Read())
            names.Add(rows.Text(0)!);
        return names;
    }

    /// <summary>Keeps the writer busy, so that what is written meanwhile shares one transaction.</summary>
    public HeldWriter Hold() => new(Writer);

    public Task<int> AddAsync(string name) => Writer.WriteAsync(1, session => Insert(session, name));

    public static int Insert(SqliteSession session, string name) =>
        session.Statement("INSERT INTO things (name) VALUES (?1)").Bind(1, name).Execute();

    public ValueTask DisposeAsync() => Writer.DisposeAsync();
}

using Npgsql;

namespace BusIngest.Support.Servers;

/// <summary>A database of one test on a shared PostgreSQL: empty when made, dropped at the end.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly string _name = $"test_{Guid.NewGuid():N}";

    private ScratchDatabase(string databaseUrl) => _server = new Uri(databaseUrl);

    /// <summary>postgresql://user:password@host:port/name, as DATABASE_URL takes it.</summary>
    public string Url => UrlOf(_name);

    /// <summary>The password of its user, which other roles of a test take as well.</summary>
    public string Password => new UriBuilder(_server).Password;

    /// <summary>The same for Npgsql, without a pool, so that no idle connection keeps the database from being dropped.</summary>
    public string ConnectionString => ConnectionTo(_name);

    /// <summary>Makes it.</summary>
    /// <param name="databaseUrl">Any database of the server; its user may create databases.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ScratchDatabase> CreateAsync(string databaseUrl, CancellationToken cancellationToken)
    {
        var database = new ScratchDatabase(databaseUrl);
        await database.ExecuteAsync($"CREATE DATABASE {database._name}", cancellationToken);
        return database;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() =>
        await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The name is made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private string ConnectionTo(string database) => DatabaseUrl.Parse(UrlOf(database)).ConnectionString;

    private string UrlOf(string database) => new UriBuilder(_server) { Path = database }.Uri.ToString();
}

using Npgsql;

namespace BusIngest.Support.Servers;

/// <summary>A user of one test's database, who may do anything there, with a password of its own.</summary>
public sealed class DatabaseUser : IAsyncDisposable
{
    private readonly ScratchDatabase _database;
    private readonly string _name = $"user_{Guid.NewGuid():N}";
    private readonly string _password;

    private DatabaseUser(ScratchDatabase database, string password) => (_database, _password) = (database, password);

    /// <summary>Makes one.</summary>
    /// <param name="database">The database.</param>
    /// <param name="password">The password, without quotes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<DatabaseUser> CreateAsync(ScratchDatabase database, string password, CancellationToken cancellationToken)
    {
        var user = new DatabaseUser(database, password);
        await user.RunAsync($"CREATE ROLE {user._name} LOGIN SUPERUSER PASSWORD '{password}'", cancellationToken);
        return user;
    }

    /// <summary>The database's URL with this user.</summary>
    public string Url => new UriBuilder(_database.Url) { UserName = _name, Password = _password }.Uri.ToString();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await RunAsync($"DROP OWNED BY {_name} CASCADE; DROP ROLE {_name}", CancellationToken.None);

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The name is made here, and the password is the test's.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

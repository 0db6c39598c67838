using BusIngest.Support.Cars;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Support.Storage;

/// <summary>The rows of `cars` in PostgreSQL, counted there and not taken from the program's word.</summary>
public sealed class PostgresCars : IAsyncDisposable
{
    private const int IdsPerQuery = 5_000;
    private const int TimeoutSeconds = 300;

    private readonly NpgsqlDataSource _source;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="databaseUrl">postgresql://user:password@host:port/name.</param>
    public PostgresCars(string databaseUrl)
    {
        var connection = DatabaseUrl.Parse(databaseUrl);
        connection.CommandTimeout = TimeoutSeconds;
        _source = NpgsqlDataSource.Create(connection);
    }

    /// <summary>How many rows there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => AskAsync("SELECT count(*) FROM cars", cancellationToken);

    /// <summary>How many different ids there are.</summary>
    public Task<long> CountIdsAsync(CancellationToken cancellationToken) => AskAsync("SELECT count(DISTINCT id) FROM cars", cancellationToken);

    /// <summary>How often each of these ids is stored, with 0 for those that are not, and those whose row is not what <see cref="ClientCar.Of"/> had sent.</summary>
    public async Task<(IReadOnlyDictionary<Guid, int> Times, IReadOnlyList<Guid> Altered)> FindAsync(
        IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var (times, altered) = (new Dictionary<Guid, int>(), new List<Guid>());
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in ids.Chunk(IdsPerQuery))
        {
            foreach (var id in chunk)
                times[id] = 0;
            await using var command = new NpgsqlCommand(
                "SELECT id, normalized_make, normalized_model, year, price, location, generated_at FROM cars WHERE id = ANY($1)", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = chunk });
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var car = Read(rows);
                times[car.Id]++;
                if (car != ClientCar.Of(car.Id))
                    altered.Add(car.Id);
            }
        }

        return (times, altered);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static ClientCar Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetDouble(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6));

    private async Task<long> AskAsync(string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = _source.CreateCommand(sql);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}

using System.Text;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Sagas;

/// <inheritdoc />
internal sealed class PostgresSagaDocuments(PostgresDatabase database) : ISagaDocuments
{
    private const string Columns = "SELECT seq, correlation_id, state, version, document::text FROM sagas";

    private const string One = Columns + " WHERE correlation_id = $1 AND kind = $2";

    private const string Some = Columns + " WHERE correlation_id = ANY ($1) AND kind = $2";

    private const string OfState = Columns + " WHERE kind = $1 AND state = $4 AND seq < $2 ORDER BY seq DESC LIMIT $3";

    private const string All = Columns + " WHERE kind = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";

    public async ValueTask<SagaDocument?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            One, cancellationToken, new NpgsqlParameter<Guid> { TypedValue = correlationId }, new NpgsqlParameter<string> { TypedValue = kind });
        return found.Count > 0 ? found[0] : null;
    }

    public async ValueTask<IReadOnlyList<SagaDocument>> FindAsync(
        string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken) => await ReadAsync(
        Some,
        cancellationToken,
        new NpgsqlParameter<Guid[]> { TypedValue = [.. correlationIds] },
        new NpgsqlParameter<string> { TypedValue = kind });

    public async ValueTask<long> CountAsync(string kind, long last, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                await using var command = new NpgsqlCommand("SELECT count(*) FROM sagas WHERE kind = $1 AND seq <= $2", connection);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
                return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            },
            cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SagaDocument>> ListAsync(
        string kind, string? state, long? before, int limit, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            new NpgsqlParameter<string> { TypedValue = kind },
            new NpgsqlParameter<long> { TypedValue = before ?? long.MaxValue },
            new NpgsqlParameter<int> { TypedValue = limit },
        ];
        return state is null
            ? await ReadAsync(All, cancellationToken, parameters)
            : await ReadAsync(OfState, cancellationToken, [.. parameters, new NpgsqlParameter<string> { TypedValue = state }]);
    }

    private async Task<List<SagaDocument>> ReadAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                await using var command = new NpgsqlCommand(sql, connection);
                command.Parameters.AddRange(parameters);
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                var sagas = new List<SagaDocument>();
                while (await rows.ReadAsync(cancellationToken))
                    sagas.Add(Read(rows));
                return sagas;
            },
            cancellationToken);
    }

    private static SagaDocument Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetInt64(3), Encoding.UTF8.GetBytes(row.GetString(4)));
}

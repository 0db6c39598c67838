using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Delivery.Tracking;

/// <inheritdoc />
internal sealed class PostgresMarkLookup(PostgresDatabase database) : IMarkLookup
{
    private const string Find = """
        SELECT EXISTS (SELECT FROM consumed_messages WHERE message_id = $1 AND endpoint = $2),
               EXISTS (SELECT FROM failed_messages WHERE message_id = $1 AND endpoint = $2)
        """;

    public async ValueTask<MessageStanding> FindAsync(Guid messageId, string endpoint, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(() => FindAsync(connection, messageId, endpoint, cancellationToken), cancellationToken);
    }

    private static async Task<MessageStanding> FindAsync(
        NpgsqlConnection connection, Guid messageId, string endpoint, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = messageId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = endpoint });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.GetBoolean(0) ? MessageStanding.Consumed : row.GetBoolean(1) ? MessageStanding.Failed : MessageStanding.Unknown;
    }
}

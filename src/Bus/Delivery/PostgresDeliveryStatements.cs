using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Bus.Delivery;

/// <summary>PostgreSQL's statements of marks and outgoing messages, over the model of <see cref="DeliveryContext"/>.</summary>
internal static class PostgresDeliveryStatements
{
    private const string FindMark = "SELECT 1 FROM consumed_messages WHERE message_id = $1 AND endpoint = $2";

    private const string LeftBehind = """
        SELECT seq, message_id, message_type, endpoint, records, content_type, accepted_at, body FROM outgoing
        WHERE accepted_at < $1 AND seq > $3 ORDER BY seq LIMIT $2 FOR UPDATE SKIP LOCKED
        """;

    /// <summary>Marks a message as consumed; no row is written when it was marked already.</summary>
    public static PostgresCommand Mark(this PostgresBatch batch, Guid messageId, string endpoint, DateTimeOffset now) => batch
        .Add("INSERT INTO consumed_messages (message_id, endpoint, consumed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .Bind(messageId).Bind(endpoint).Bind(now);

    /// <summary>Whether a message is marked as consumed.</summary>
    public static async Task<bool> IsMarkedAsync(
        this PostgresDatabase database, Guid messageId, string endpoint, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                await using var command = new NpgsqlCommand(FindMark, connection);
                command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = messageId });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = endpoint });
                return await command.ExecuteScalarAsync(cancellationToken) is not null;
            },
            cancellationToken);
    }

    /// <summary>Adds outgoing messages, in one statement.</summary>
    public static void AddOutgoing(this PostgresBatch batch, IReadOnlyList<InboxEntry> messages)
    {
        if (messages.Count == 0)
            return;

        batch
            .Add("""
                INSERT INTO outgoing (message_id, message_type, endpoint, records, content_type, accepted_at, body)
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
                """)
            .BindArray([.. messages.Select(x => x.MessageId)], NpgsqlDbType.Uuid)
            .BindArray([.. messages.Select(x => x.MessageType)], NpgsqlDbType.Text)
            .BindArray([.. messages.Select(x => x.Endpoint)], NpgsqlDbType.Text)
            .BindArray([.. messages.Select(x => x.Records)], NpgsqlDbType.Integer)
            .BindArray([.. messages.Select(x => x.ContentType)], NpgsqlDbType.Text)
            .BindArray([.. messages.Select(x => x.AcceptedAt)], NpgsqlDbType.TimestampTz)
            .BindArray([.. messages.Select(x => x.Body.ToArray())], NpgsqlDbType.Bytea);
    }

    /// <summary>Deletes messages that are sent. A message's id alone does not tell its row: it may have been sent again to several endpoints.</summary>
    public static void DeleteOutgoing(this PostgresBatch batch, IReadOnlyList<InboxEntry> sent) => batch
        .Add("""
            DELETE FROM outgoing USING unnest($1, $2, $3) AS sent (message_id, endpoint, accepted_at)
            WHERE outgoing.message_id = sent.message_id AND outgoing.accepted_at = sent.accepted_at
              AND outgoing.endpoint IS NOT DISTINCT FROM sent.endpoint
            """)
        .BindArray([.. sent.Select(x => x.MessageId)], NpgsqlDbType.Uuid)
        .BindArray([.. sent.Select(x => x.Endpoint)], NpgsqlDbType.Text)
        .BindArray([.. sent.Select(x => x.AcceptedAt)], NpgsqlDbType.TimestampTz);

    /// <summary>Deletes messages that are sent.</summary>
    public static void DeleteOutgoing(this PostgresBatch batch, IEnumerable<long> rows) =>
        batch.Add("DELETE FROM outgoing WHERE seq = ANY($1)").BindArray([.. rows], NpgsqlDbType.Bigint);

    /// <summary>Locks and reads outgoing messages that are older, the oldest first; rows that somebody else has locked are his.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="olderThan">Older than this.</param>
    /// <param name="limit">The most.</param>
    /// <param name="after">Only those behind this row.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static Task<List<(long Seq, InboxEntry Entry)>> LeftBehindAsync(
        this PostgresUnit unit, DateTimeOffset olderThan, int limit, long after, CancellationToken cancellationToken) => unit.RunAsync(
        async (connection, transaction) =>
        {
            await using var command = new NpgsqlCommand(LeftBehind, connection, transaction);
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = olderThan });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var messages = new List<(long, InboxEntry)>();
            while (await rows.ReadAsync(cancellationToken))
            {
                var entry = new InboxEntry(
                    rows.GetGuid(1),
                    rows.GetString(2),
                    await rows.IsDBNullAsync(3, cancellationToken) ? null : rows.GetString(3),
                    rows.GetInt32(4),
                    rows.GetString(5),
                    rows.GetFieldValue<DateTimeOffset>(6),
                    rows.GetFieldValue<byte[]>(7));
                messages.Add((rows.GetInt64(0), entry));
            }

            return messages;
        },
        cancellationToken);

    /// <summary>When the first of the outgoing messages was sent; null when there is none.</summary>
    public static Task<DateTimeOffset?> OldestOutgoingAsync(this PostgresUnit unit, CancellationToken cancellationToken) => unit.RunAsync(
        async (connection, transaction) =>
        {
            await using var command = new NpgsqlCommand("SELECT accepted_at FROM outgoing ORDER BY seq LIMIT 1", connection, transaction);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            return await rows.ReadAsync(cancellationToken) ? rows.GetFieldValue<DateTimeOffset>(0) : (DateTimeOffset?)null;
        },
        cancellationToken);
}

using System.Text;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events.Packing;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Workers.Events.Storing;

/// <summary>
/// Stores events in PostgreSQL: first the ids, whose index tells which events are new, then these, in the transaction of the message. An
/// event that another chunk is just storing makes this one wait for the outcome.
/// </summary>
internal sealed class PostgresStoring(PostgresNames names, PostgresMonths months) : IEventStore
{
    private const string StoreIds = """
        INSERT INTO event_keys (hash, month) SELECT * FROM unnest($1, $2) ON CONFLICT (hash) DO NOTHING RETURNING hash
        """;

    private const string StoreEvents = """
        INSERT INTO events (event_id, account_id, user_id, type, timestamp, metadata) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        """;

    private const string StoreRepeats = """
        INSERT INTO event_repeats (message_id, stored_at, places) VALUES ($1, $2, $3)
        ON CONFLICT (message_id) DO UPDATE SET stored_at = excluded.stored_at, places = excluded.places
        """;

    /// <summary>Two for one, so that they do not become many.</summary>
    private const string ForgetRepeats = """
        DELETE FROM event_repeats WHERE stored_at < $1
        AND seq = ANY (ARRAY (SELECT seq FROM event_repeats ORDER BY seq LIMIT 2 FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>A row for each of 16 groups of connections: one row would make every chunk wait for the commit of the one before.</summary>
    private const string CountEvents = """
        INSERT INTO event_ledger (id, stored, known) VALUES (1 + pg_backend_pid() % 16, $1, $2)
        ON CONFLICT (id) DO UPDATE SET stored = event_ledger.stored + excluded.stored, known = event_ledger.known + excluded.known
        """;

    public async Task StoreAsync(ConsumerTransaction transaction, StorableEvents events, CancellationToken cancellationToken)
    {
        var numbers = await names.FindAsync(events.Events, cancellationToken);
        var each = EachOnce(events);
        await months.MakeAsync(each.Select(x => x.Month).ToHashSet(), cancellationToken);
        var stored = await transaction.RunOnPostgresAsync(connection => StoreIdsAsync(connection, each, cancellationToken), cancellationToken);

        List<int> fresh = [.. each.Where(x => stored.Contains(x.Hash)).Select(x => x.Index)];
        var rolled = fresh
            .Select(i => new RolledEvent(numbers[i].Account, numbers[i].User, events.Events[i].Type, events.Events[i].TimestampMs)).ToArray();
        transaction.Write(
            fresh.Count + 1,
            static _ => throw new NotSupportedException("These are the statements of PostgreSQL."),
            batch => Store(batch, events, fresh, rolled));
    }

    /// <summary>The first event of each id. Sorted, two chunks with the same ids can't lock each other out.</summary>
    private static List<(Guid Hash, Month Month, int Index)> EachOnce(StorableEvents events)
    {
        var each = new List<(Guid Hash, Month Month, int Index)>(events.Hashes.Length);
        var seen = new HashSet<Guid>(events.Hashes.Length);
        for (var i = 0; i < events.Hashes.Length; i++)
        {
            if (seen.Add(events.Hashes[i]))
                each.Add((events.Hashes[i], Month.Of(DateTimeOffset.FromUnixTimeMilliseconds(events.Events[i].TimestampMs)), i));
        }

        each.Sort(static (x, y) => x.Hash.CompareTo(y.Hash));
        return each;
    }

    private static async Task<HashSet<Guid>> StoreIdsAsync(
        NpgsqlConnection connection, List<(Guid Hash, Month Month, int Index)> each, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(StoreIds, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]>
        {
            TypedValue = [.. each.Select(x => x.Hash)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        });
        command.Parameters.Add(new NpgsqlParameter<int[]>
        {
            TypedValue = [.. each.Select(x => x.Month.Number)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
        });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var stored = new HashSet<Guid>(each.Count);
        while (await rows.ReadAsync(cancellationToken))
            stored.Add(rows.GetGuid(0));
        return stored;
    }

    private static void Store(PostgresBatch batch, StorableEvents chunk, List<int> fresh, RolledEvent[] rolled)
    {
        var events = chunk.Events;
        batch.Add(CountEvents).Bind((long)fresh.Count).Bind((long)(events.Count - fresh.Count));
        if (fresh.Count < events.Count)
        {
            batch.Add(StoreRepeats).Bind(chunk.MessageId).Bind(chunk.StoredAt)
                .Bind(Places.Write(Enumerable.Range(0, events.Count).Except(fresh)));
            batch.Add(ForgetRepeats).Bind(chunk.OthersKeptFrom);
        }

        if (fresh.Count == 0)
            return;

        batch.Add(StoreEvents)
            .BindArray([.. fresh.Select(i => Text(events[i].EventId))], NpgsqlDbType.Text)
            .BindArray([.. fresh.Select(i => Text(events[i].AccountId))], NpgsqlDbType.Text)
            .BindArray([.. fresh.Select(i => Text(events[i].UserId))], NpgsqlDbType.Text)
            .BindArray([.. fresh.Select(i => events[i].Type.Name())], NpgsqlDbType.Text)
            .BindArray([.. fresh.Select(i => DateTimeOffset.FromUnixTimeMilliseconds(events[i].TimestampMs))], NpgsqlDbType.TimestampTz)
            .BindArray([.. fresh.Select(i => events[i].Metadata.IsEmpty ? null : Text(events[i].Metadata))], NpgsqlDbType.Text);
        batch.Add("INSERT INTO event_tail (events, body) VALUES ($1, $2)").Bind(rolled.Length).Bind(TailBody.Write(rolled));
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}

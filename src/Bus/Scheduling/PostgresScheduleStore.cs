using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports;
using Npgsql;

namespace BusIngest.Bus.Scheduling;

/// <summary>
/// The schedule in PostgreSQL, which several schedulers share. A row is in the window of the one that leased it, for as long as that one
/// renews its row in `schedulers`: one write a load, however many rows are leased. What is fired twice all the same (offered to one, and
/// loaded by another) is moved once, as the move deletes its row.
/// </summary>
internal sealed class PostgresScheduleStore : IScheduleStore
{
    /// <summary>How long a scheduler is taken for alive after its last load; half of what a takeover may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private const int MostAtOnce = 500;

    private const string Renew = """
        INSERT INTO schedulers (id, alive_until) VALUES ($1, now() + $2) ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until
        """;

    private const string ForgetDead = "DELETE FROM schedulers WHERE alive_until < now() - interval '1 day'";

    /// <summary>What this one has leased already is loaded again: it may have failed to fire.</summary>
    private const string Take = """
        UPDATE scheduled_messages SET leased_by = $1 WHERE seq = ANY (ARRAY
            (SELECT seq FROM scheduled_messages AS due
             WHERE due_at <= $2
               AND (leased_by IS NULL OR leased_by = $1
                    OR NOT EXISTS (SELECT 1 FROM schedulers WHERE schedulers.id = due.leased_by AND alive_until > now()))
             ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING token_id, due_at
        """;

    private const string Move = """
        WITH due AS (DELETE FROM scheduled_messages WHERE token_id = ANY($1) AND due_at <= $2
                     RETURNING message_id, message_type, endpoint, body)
        INSERT INTO outgoing (message_id, message_type, endpoint, records, content_type, accepted_at, body)
        SELECT message_id, message_type, endpoint, 1, $3, $2, body FROM due WHERE endpoint IS NOT NULL OR message_type = ANY($4)
        RETURNING message_id, message_type, endpoint, body
        """;

    private readonly PostgresDatabase _database;
    private readonly IOutgoing _outgoing;
    private readonly SubscriptionMap _subscriptions;
    private readonly TimeProvider _time;
    private readonly Gathered<Guid> _firing;
    private readonly Guid _scheduler;

    public PostgresScheduleStore(PostgresDatabase database, IOutgoing outgoing, SubscriptionMap subscriptions, TimeProvider time)
    {
        _database = database;
        _outgoing = outgoing;
        _subscriptions = subscriptions;
        _time = time;
        _firing = new Gathered<Guid>(MostAtOnce, FireAsync);
        _scheduler = Guid.CreateVersion7(time.GetUtcNow());
    }

    public Task WriteAsync(ScheduleStep step, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        if (step.Entry is { } entry)
            batch.Schedule(entry);
        else
            batch.Unschedule(step.Token);
        return _database.ExecuteAsync(batch, cancellationToken);
    }

    public async Task<IReadOnlyList<DueToken>> LoadAsync(DateTimeOffset end, int limit, CancellationToken cancellationToken)
    {
        var renewal = new PostgresBatch();
        renewal.Add(Renew).Bind(_scheduler).Bind(Lease);
        renewal.Add(ForgetDead);
        await _database.ExecuteAsync(renewal, cancellationToken);

        await using var unit = new PostgresUnit(_database);
        var due = await unit.RunAsync((connection, transaction) => TakeAsync(connection, transaction, end, limit, cancellationToken), cancellationToken);
        await unit.CommitAsync(cancellationToken);
        due.Sort((a, b) => a.DueAt.CompareTo(b.DueAt));
        return due;
    }

    public Task FireAsync(Guid token) => _firing.AddAsync(token);

    public Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Add("DELETE FROM schedulers WHERE id = $1").Bind(_scheduler);
        return _database.ExecuteAsync(batch, cancellationToken);
    }

    private async Task<List<DueToken>> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset end, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Take, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _scheduler });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = end });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueToken>();
        while (await rows.ReadAsync(cancellationToken))
            due.Add(new DueToken(rows.GetGuid(0), rows.GetFieldValue<DateTimeOffset>(1)));
        return due;
    }

    private async Task FireAsync(IReadOnlyList<Guid> tokens)
    {
        await using var unit = new PostgresUnit(_database);
        var sent = await unit.RunAsync((connection, transaction) => MoveAsync(connection, transaction, tokens), CancellationToken.None);
        await unit.CommitAsync(CancellationToken.None);
        _outgoing.Announce(sent);
    }

    private async Task<List<InboxEntry>> MoveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Guid> tokens)
    {
        var now = _time.GetUtcNow();
        await using var command = new NpgsqlCommand(Move, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. tokens] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredBody.Envelope });
        // What is published goes nowhere if nobody subscribes to it.
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _subscriptions.MessageTypes] });
        await using var rows = await command.ExecuteReaderAsync();
        var sent = new List<InboxEntry>();
        while (await rows.ReadAsync())
        {
            var endpoint = await rows.IsDBNullAsync(2) ? null : rows.GetString(2);
            sent.Add(new InboxEntry(rows.GetGuid(0), rows.GetString(1), endpoint, 1, StoredBody.Envelope, now, rows.GetFieldValue<byte[]>(3)));
        }

        return sent;
    }
}

using BusIngest.Bus.Inbox;
using BusIngest.Bus.Requests;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// What consuming a message writes. How promise 2, "effects happen once", is kept: once the consumer has returned, its effects, the
/// mark that it has consumed the message, and the messages that it sent or scheduled commit together; a message that comes again
/// finds its mark and has no effect. If the consumer throws, nothing of it happened.
/// </summary>
public sealed class ConsumerTransaction
{
    private readonly Lock _gate = new();
    private readonly List<TransactionEffect> _effects = [];
    private readonly List<TransactionEffect> _ifRepeated = [];
    private readonly List<InboxEntry> _outgoing = [];
    private readonly List<ScheduleStep> _scheduleSteps = [];
    private readonly List<StoredResponse> _responses = [];
    private readonly List<ITransactionParticipant> _participants = [];

    private readonly IConsumerStore _store;
    private PostgresUnit? _unit;

    internal ConsumerTransaction(Guid messageId, string endpoint, IConsumerStore store, RequestDeadline? deadline = null)
    {
        Deadline = deadline;
        MessageId = messageId;
        Endpoint = endpoint;
        _store = store;
    }

    /// <summary>The message that is consumed; with <see cref="Endpoint"/>, its mark.</summary>
    internal Guid MessageId { get; }

    /// <summary>Who consumes it.</summary>
    internal string Endpoint { get; }

    /// <summary>Until when it may commit, if the message is a request; null: at any time.</summary>
    public RequestDeadline? Deadline { get; private set; }

    /// <summary>About how many rows it writes.</summary>
    internal int Rows { get; private set; } = 1;

    internal IReadOnlyList<TransactionEffect> Effects => _effects;

    internal IReadOnlyList<TransactionEffect> EffectsIfRepeated => _ifRepeated;

    /// <summary>Whether it commits in PostgreSQL.</summary>
    public bool IsPostgres => _store.IsPostgres;

    /// <summary>PostgreSQL's transaction, begun by the first to ask: by whoever reads what must not change until the commit.</summary>
    internal PostgresUnit Unit => _unit ??= _store.BeginUnit();

    internal IReadOnlyList<InboxEntry> Outgoing => _outgoing;

    internal IReadOnlyList<ScheduleStep> ScheduleSteps => _scheduleSteps;

    internal IReadOnlyList<StoredResponse> Responses => _responses;

    internal IReadOnlyList<ITransactionParticipant> Participants => _participants;

    /// <summary>Adds effects, which happen in the order of being added.</summary>
    /// <param name="rows">About how many rows they write.</param>
    /// <param name="sqlite">Runs on SQLite's writer, alone; it must not block. If it throws, nothing of the transaction stays,
    /// and the message is tried again.</param>
    /// <param name="postgres">Adds the same effects for PostgreSQL; null: this consumer knows SQLite alone, and fails on PostgreSQL.</param>
    public void Write(int rows, Action<SqliteSession> sqlite, Action<PostgresBatch>? postgres = null) =>
        Add(_effects, new TransactionEffect(sqlite, postgres), rows);

    /// <summary>Adds what happens in place of the effects, if those had happened before.</summary>
    /// <param name="sqlite">As with <see cref="Write"/>.</param>
    /// <param name="postgres">As with <see cref="Write"/>.</param>
    public void WriteIfRepeated(Action<SqliteSession> sqlite, Action<PostgresBatch>? postgres = null) =>
        Add(_ifRepeated, new TransactionEffect(sqlite, postgres), 0);

    /// <summary>Has something called once the transaction is over, committed or not; it must return at once, and not throw.</summary>
    /// <param name="over">Gets false when the transaction had no effect: the commit failed, say, or the message was a repeat.</param>
    public void WhenOver(Action<bool> over) => Join(new Callback(over));

    /// <summary>Runs something on PostgreSQL at once, ahead of the effects and undone with them: a COPY, say, or what effects depend on.</summary>
    /// <param name="work">Gets the transaction's connection, and must not end the transaction.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    /// <exception cref="InvalidOperationException">The database is SQLite.</exception>
    public Task<TResult> RunOnPostgresAsync<TResult>(Func<NpgsqlConnection, Task<TResult>> work, CancellationToken cancellationToken) =>
        Unit.RunAsync((connection, _) => work(connection), cancellationToken);

    /// <summary>What a request asks for has been done, apart from the transaction, and in time: the deadline does not matter any more.</summary>
    public void MeetDeadline() => Deadline = null;

    /// <summary>Adds effects of a part of the bus that stands on PostgreSQL.</summary>
    internal void WritePostgres(int rows, Action<PostgresBatch> effects) => Add(_effects, new TransactionEffect(null, effects), rows);

    internal void Send(InboxEntry message) => Add(_outgoing, message, 1);

    internal void Schedule(ScheduledEntry message) => Add(_scheduleSteps, new ScheduleStep(message.Token, message), 1);

    internal void CancelScheduled(Guid token) => Add(_scheduleSteps, new ScheduleStep(token, null), 1);

    internal void Respond(StoredResponse response) => Add(_responses, response, 0);

    internal void Join(ITransactionParticipant participant) => Add(_participants, participant, 0);

    /// <summary>Runs one try of a consumer. If it throws, nothing of it stays in the transaction, which another try may then fill.</summary>
    internal async Task TryAsync(Func<Task> attempt)
    {
        var before = Mark();
        try
        {
            await attempt();
        }
        catch
        {
            RollBackTo(before);
            if (_unit != before.Unit)
                await ReleaseAsync();
            throw;
        }
    }

    /// <summary>Gives PostgreSQL's connection back, and what it locked; what is not committed is undone.</summary>
    internal async ValueTask ReleaseAsync()
    {
        if (_unit is { } unit)
            await unit.DisposeAsync();
        _unit = null;
    }

    private Savepoint Mark()
    {
        lock (_gate)
        {
            return new Savepoint(
                Rows, _effects.Count, _ifRepeated.Count, _outgoing.Count, _scheduleSteps.Count, _responses.Count, _participants.Count, _unit);
        }
    }

    private void RollBackTo(Savepoint before)
    {
        List<ITransactionParticipant> left;
        lock (_gate)
        {
            Rows = before.Rows;
            Truncate(_effects, before.Effects);
            Truncate(_ifRepeated, before.IfRepeated);
            Truncate(_outgoing, before.Outgoing);
            Truncate(_scheduleSteps, before.ScheduleSteps);
            Truncate(_responses, before.Responses);
            left = _participants[before.Participants..];
            Truncate(_participants, before.Participants);
        }

        foreach (var participant in left)
            participant.Ended(committed: false);
    }

    private static void Truncate<TItem>(List<TItem> items, int count) => items.RemoveRange(count, items.Count - count);

    /// <summary>A consumer may send from several tasks at once.</summary>
    private void Add<TItem>(List<TItem> items, TItem item, int rows)
    {
        lock (_gate)
        {
            items.Add(item);
            Rows += rows;
        }
    }

    private sealed class Callback(Action<bool> over) : ITransactionParticipant
    {
        public void Queued()
        {
            // It waits for the end.
        }

        public void Ended(bool committed) => over(committed);
    }

    private readonly record struct Savepoint(
        int Rows, int Effects, int IfRepeated, int Outgoing, int ScheduleSteps, int Responses, int Participants, PostgresUnit? Unit);
}

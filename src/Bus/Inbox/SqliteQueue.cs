using System.Runtime.InteropServices;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>
/// Messages in a table of a SQLite file that wait to be consumed. A row goes only when every endpoint it is for has consumed it.
/// </summary>
/// <param name="database">The file.</param>
/// <param name="table">The table, with the columns of <see cref="InboxMessage"/>.</param>
internal abstract class SqliteQueue(SqliteDatabase database, string table) : IDisposable
{
    private readonly QueueStatements _statements = new(table);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _removals = new(1, 1);
    private QueueListener[] _listeners = [];
    private readonly Dictionary<string, InboxStatus> _byType = new(StringComparer.Ordinal);
    private InboxStatus _status;
    private long _lastSeq;
    private long _removedRows;

    /// <summary>Set after rows were removed.</summary>
    public Pulse Removed { get; } = new();

    /// <summary>How many rows were removed since the start.</summary>
    public long RemovedRows => Interlocked.Read(ref _removedRows);

    /// <summary>What waits.</summary>
    public InboxStatus Status
    {
        get
        {
            lock (_gate)
                return _status;
        }
    }

    /// <summary>Takes stock of what an earlier process left; called once, before anything else.</summary>
    public void Open()
    {
        using var reader = database.OpenReader();
        (var byType, _lastSeq) = _statements.Measure(reader);
        foreach (var (type, waiting) in byType)
            Count(type, waiting.Messages, waiting.Records, waiting.Bytes);
    }

    /// <summary>What waits of each type of which something does, by its name.</summary>
    public IReadOnlyList<(string MessageType, InboxStatus Status)> StatusByType()
    {
        lock (_gate)
            return [.. _byType.Where(type => type.Value.Messages > 0).Select(type => (type.Key, type.Value))];
    }

    /// <summary>When the first of the messages of a type that wait was accepted; null when none does. It walks past those of others.</summary>
    public DateTimeOffset? OldestAcceptedAt(string messageType) =>
        Status.Messages == 0 ? null : database.Readers.Read(session => _statements.Oldest(session, messageType));

    /// <summary>When the first of the messages that wait was accepted; null when none does.</summary>
    public DateTimeOffset? OldestAcceptedAt()
    {
        using var reader = database.OpenReader();
        return _statements.Oldest(reader);
    }

    /// <summary>How many messages wait of each type and for each endpoint; null: for all that subscribe.</summary>
    public List<(string Type, string? Endpoint, long Count)> Waiting()
    {
        using var reader = database.OpenReader();
        return _statements.Waiting(reader);
    }

    /// <summary>Lets an endpoint's pump know of rows that are for it, and of no others: looking costs as much as the row does.</summary>
    /// <returns>Set after such rows were added.</returns>
    public Pulse Listen(string endpoint, IEnumerable<string> messageTypes)
    {
        var listener = new QueueListener(endpoint, messageTypes);
        lock (_gate)
            _listeners = [.. _listeners, listener];
        return listener.Appended;
    }

    /// <summary>Reads what waits for one endpoint, in the order of acceptance.</summary>
    public InboxReader OpenReader(string endpoint, IEnumerable<string> messageTypes) => new(database, table, endpoint, messageTypes);

    /// <summary>Removes consumed messages; completes when that is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The file can't be written.</exception>
    public async Task RemoveAsync(IReadOnlyList<ConsumedRow> rows, CancellationToken cancellationToken)
    {
        await _removals.WaitAsync(cancellationToken);
        try
        {
            await database.Writer.WriteAsync(rows.Count, session => Delete(session, rows), cancellationToken);
        }
        finally
        {
            _removals.Release();
        }

        foreach (var row in rows)
            Count(row.MessageType, -1, -row.Records, -row.Bytes);
        Interlocked.Add(ref _removedRows, rows.Count);
        Removed.Set();
    }

    /// <summary>Completes when no more than so many bytes wait.</summary>
    public async Task WaitUntilBelowAsync(long bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var removed = Removed.Next;
            if (Status.Bytes <= bytes)
                return;
            await removed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Keeps every row in its place until the result is disposed, so that an audit sees each message somewhere.</summary>
    public async Task<IDisposable> HoldRemovalsAsync(CancellationToken cancellationToken)
    {
        await _removals.WaitAsync(cancellationToken);
        return new Hold(_removals);
    }

    /// <inheritdoc />
    public void Dispose() => _removals.Dispose();

    /// <summary>Adds a row, on the writer. Whoever does calls <see cref="Announce"/> once the transaction is committed.</summary>
    /// <returns>False when the message waits for the endpoint already.</returns>
    protected bool Insert(SqliteSession session, InboxEntry entry)
    {
        // Only the writer runs this, so places are given in the order of commits and a reader's cursor never skips one.
        if (!_statements.Insert(session, _lastSeq + 1, entry))
            return false;

        _lastSeq++;
        return true;
    }

    /// <summary>Tells the pumps of a row that is committed.</summary>
    protected void Announce(InboxEntry entry)
    {
        Count(entry.MessageType, 1, entry.Records, entry.Body.Length);
        foreach (var listener in Volatile.Read(ref _listeners))
            listener.Hear(entry);
    }

    private int Delete(SqliteSession session, IReadOnlyList<ConsumedRow> rows)
    {
        foreach (var row in rows)
            _statements.Delete(session, row.Seq);
        return rows.Count;
    }

    private void Count(string messageType, long messages, long records, long bytes)
    {
        lock (_gate)
        {
            _status = _status.Plus(messages, records, bytes);
            ref var ofType = ref CollectionsMarshal.GetValueRefOrAddDefault(_byType, messageType, out _);
            ofType = ofType.Plus(messages, records, bytes);
        }
    }

    private sealed class Hold(SemaphoreSlim semaphore) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                semaphore.Release();
        }
    }
}

using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>
/// Messages that were accepted and not yet consumed, in a SQLite file. A row is on disk before its append completes, and goes
/// only when every endpoint it is for has consumed it.
/// </summary>
internal sealed class SqliteInbox(InboxDatabase database, InboxOptions options) : IDisposable
{
    private static readonly TimeSpan FullRetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _removals = new(1, 1);
    private InboxStatus _status;
    private long _lastSeq;

    /// <summary>Set after rows were added.</summary>
    public Pulse Appended { get; } = new();

    /// <summary>Set after rows were removed.</summary>
    public Pulse Removed { get; } = new();

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
        (_status, _lastSeq) = reader.Measure();
    }

    /// <summary>When the first of the messages that wait was accepted; null when none does.</summary>
    public DateTimeOffset? OldestAcceptedAt()
    {
        using var reader = database.OpenReader();
        var oldest = reader.Statement("SELECT accepted_at FROM inbox ORDER BY seq LIMIT 1");
        return oldest.Read() ? DateTimeOffset.FromUnixTimeMilliseconds(oldest.Number(0)) : null;
    }

    /// <summary>Makes a view over the inbox, unless it is there.</summary>
    /// <exception cref="StorageUnavailableException">The file can't be written.</exception>
    public async Task ShowAsync(InboxView view, CancellationToken cancellationToken)
    {
        using var reader = database.OpenReader();
        if (!reader.Has(view))
            await database.Writer.WriteAsync(1, session => session.Create(view), cancellationToken);
    }

    /// <summary>Adds a message, and completes when it is on disk. A message that already waits for the endpoint is not added again.</summary>
    /// <exception cref="OutboxUnavailableException">The inbox is full.</exception>
    /// <exception cref="StorageUnavailableException">The file can't be written.</exception>
    public async Task AppendAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (Status.Bytes > options.MaxBytes)
        {
            throw new OutboxUnavailableException(
                $"The inbox is full: {options.MaxBytes >> 20} MiB wait to be consumed (Inbox:MaxBytes).", FullRetryAfter);
        }

        var added = await database.Writer.WriteAsync(1, session => Append(session, entry), cancellationToken);
        if (!added)
            return;

        Count(1, entry.Records, entry.Body.Length);
        Appended.Set();
    }

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

        Count(-rows.Count, -rows.Sum(row => (long)row.Records), -rows.Sum(row => (long)row.Bytes));
        Removed.Set();
    }

    /// <summary>Keeps every row in its place until the result is disposed, so that an audit sees each message somewhere.</summary>
    public async Task<IDisposable> HoldRemovalsAsync(CancellationToken cancellationToken)
    {
        await _removals.WaitAsync(cancellationToken);
        return new Hold(_removals);
    }

    /// <inheritdoc />
    public void Dispose() => _removals.Dispose();

    private bool Append(SqliteSession session, InboxEntry entry)
    {
        // Only the writer runs this, so places are given in the order of commits and a reader's cursor never skips one.
        if (!session.Insert(_lastSeq + 1, entry))
            return false;

        _lastSeq++;
        if (entry.Endpoint is null)
            session.CountAccepted(entry);
        return true;
    }

    private static int Delete(SqliteSession session, IReadOnlyList<ConsumedRow> rows)
    {
        foreach (var row in rows)
            session.Delete(row.Seq);
        return rows.Count;
    }

    private void Count(long messages, long records, long bytes)
    {
        lock (_gate)
            _status = new InboxStatus(_status.Messages + messages, _status.Records + records, _status.Bytes + bytes);
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

using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>
/// Counts what a lane over a server has confirmed, beside what went through the inbox, for the ledger of a process that keeps its data in SQLite. The counts
/// are written now and then: what a kill leaves out of them is known once it is stored.
/// </summary>
internal sealed class ConfirmedRecords(InboxDatabase database)
{
    private readonly Lock _gate = new();
    private Dictionary<string, InboxStatus> _unwritten = new(StringComparer.Ordinal);

    /// <summary>Counts a chunk that the lane has confirmed.</summary>
    public void Add(string messageType, int records)
    {
        lock (_gate)
            _unwritten[messageType] = _unwritten.GetValueOrDefault(messageType).Plus(1, records, 0);
    }

    /// <summary>Writes what was counted since the last time.</summary>
    /// <exception cref="StorageUnavailableException">The inbox's file can't be written; the counts are kept.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, InboxStatus> counts;
        lock (_gate)
        {
            if (_unwritten.Count == 0)
                return;
            (counts, _unwritten) = (_unwritten, new(StringComparer.Ordinal));
        }

        try
        {
            await database.Writer.WriteAsync(1, session => Write(session, counts), cancellationToken);
        }
        catch
        {
            lock (_gate)
            {
                foreach (var (type, count) in counts)
                    _unwritten[type] = _unwritten.GetValueOrDefault(type).Plus(count.Messages, count.Records, 0);
            }

            throw;
        }
    }

    private static bool Write(SqliteSession session, Dictionary<string, InboxStatus> counts)
    {
        foreach (var (type, count) in counts)
            session.CountAccepted(type, count.Messages, count.Records);
        return true;
    }
}

using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Scheduling;

/// <inheritdoc />
internal sealed class ScheduledMessages(MainDatabase database, DueWindow window) : IScheduledMessages
{
    public void Add(SqliteSession session, ScheduledEntry entry) => session.Schedule(entry);

    public void Remove(SqliteSession session, Guid token) => session.Unschedule(token);

    public void Announce(IReadOnlyList<ScheduledEntry> entries)
    {
        foreach (var entry in entries)
            window.Offer(new DueToken(entry.Token, entry.DueAt));
    }

    public async Task ScheduleAsync(ScheduledEntry entry, CancellationToken cancellationToken)
    {
        await database.Writer.WriteAsync(1, session => Schedule(session, entry), cancellationToken);
        Announce([entry]);
    }

    public Task CancelAsync(Guid token, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => session.Unschedule(token), cancellationToken);

    private static bool Schedule(SqliteSession session, ScheduledEntry entry)
    {
        session.Schedule(entry);
        return true;
    }
}

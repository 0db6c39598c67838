using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Scheduling;

/// <inheritdoc />
internal sealed class ScheduledMessages(MainDatabase database, DueWindow window) : IScheduledMessages
{
    public void Add(SqliteSession session, ScheduledEntry entry) => session.Schedule(entry);

    public void Remove(SqliteSession session, Guid token) => session.Unschedule(token);

    public void Announce(IReadOnlyList<ScheduleStep> steps)
    {
        // One that a later step took back fires and finds nothing.
        foreach (var step in steps)
        {
            if (step.Entry is { } entry)
                window.Offer(new DueToken(entry.Token, entry.DueAt));
        }
    }

    public async Task ScheduleAsync(ScheduledEntry entry, CancellationToken cancellationToken)
    {
        await database.Writer.WriteAsync(1, session => Schedule(session, entry), cancellationToken);
        Announce([new ScheduleStep(entry.Token, entry)]);
    }

    public Task CancelAsync(Guid token, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => session.Unschedule(token), cancellationToken);

    private static bool Schedule(SqliteSession session, ScheduledEntry entry)
    {
        session.Schedule(entry);
        return true;
    }
}

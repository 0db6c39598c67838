using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Scheduling;

/// <summary>The schedule in `busingest.db`. Nobody else fires, so that a row needs no lease: the directory's lock is one.</summary>
internal sealed class SqliteScheduleStore(MainDatabase database, OutgoingMessages outgoing, SubscriptionMap subscriptions, TimeProvider time) : IScheduleStore
{
    public Task WriteAsync(ScheduleStep step, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => Write(session, step), cancellationToken);

    public Task<IReadOnlyList<DueToken>> LoadAsync(DateTimeOffset end, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DueToken>>(database.Readers.Read(session => session.DueUntil(end, limit)));

    public async Task FireAsync(Guid token)
    {
        if (await database.Writer.WriteAsync(2, session => Fire(session, token)) is { } sent)
            outgoing.Announce([sent]);
    }

    public Task ReleaseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool Write(SqliteSession session, ScheduleStep step)
    {
        if (step.Entry is { } entry)
            session.Schedule(entry);
        else
            session.Unschedule(step.Token);
        return true;
    }

    private InboxEntry? Fire(SqliteSession session, Guid token)
    {
        var now = time.GetUtcNow();
        if (session.FindDue(token, now) is not { } message)
            return null;

        session.Unschedule(token);
        // What is published goes nowhere if nobody subscribes to it.
        if (message.Endpoint is null && subscriptions.Subscribers(message.MessageType) == 0)
            return null;

        var entry = message.AcceptedAt(now);
        outgoing.Append(session, entry);
        return entry;
    }
}

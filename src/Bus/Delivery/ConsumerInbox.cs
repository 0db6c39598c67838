using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Bus.Delivery;

/// <summary>Commits what consumers did, each message once.</summary>
internal sealed class ConsumerInbox(
    MainDatabase database, OutgoingMessages outgoing, IScheduledMessages schedule, ResponseSender responses, TimeProvider time)
{
    /// <summary>Whether the endpoint has consumed the message before.</summary>
    public bool HasConsumed(ConsumerTransaction transaction) =>
        database.Readers.Read(session => session.IsMarked(transaction.MessageId, transaction.Endpoint));

    /// <summary>Commits, and sends the answers. Completes when all is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now; nothing was.</exception>
    public async Task CommitAsync(ConsumerTransaction transaction, ConsumeContext context)
    {
        var committed = false;
        try
        {
            var committing = await database.Writer.EnqueueAsync(transaction.Rows, session => Apply(session, transaction), context.CancellationToken);
            foreach (var participant in transaction.Participants)
                participant.Queued();
            committed = await committing;
        }
        finally
        {
            End(transaction, committed);
        }

        if (!committed)
            return;
        outgoing.Announce(transaction.Outgoing);
        schedule.Announce(transaction.ScheduleSteps);
        await responses.SendAsync(context, transaction.Responses);
    }

    /// <summary>Ends a transaction that is not to commit.</summary>
    public static void Abandon(ConsumerTransaction transaction) => End(transaction, committed: false);

    private static void End(ConsumerTransaction transaction, bool committed)
    {
        foreach (var participant in transaction.Participants)
            participant.Ended(committed);
    }

    private bool Apply(SqliteSession session, ConsumerTransaction transaction)
    {
        var first = session.Mark(transaction.MessageId, transaction.Endpoint, time.GetUtcNow());
        foreach (var effects in first ? transaction.Effects : transaction.EffectsIfRepeated)
            effects(session);
        if (!first)
            return false;

        foreach (var step in transaction.ScheduleSteps)
        {
            if (step.Entry is { } entry)
                schedule.Add(session, entry);
            else
                schedule.Remove(session, step.Token);
        }

        foreach (var message in transaction.Outgoing)
            outgoing.Append(session, message);
        return true;
    }
}

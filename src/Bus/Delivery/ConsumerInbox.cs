using BusIngest.Bus.Requests;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Bus.Delivery;

/// <summary>Commits what consumers did, each message once.</summary>
internal sealed class ConsumerInbox(IConsumerStore store, IOutgoing outgoing, IScheduledMessages schedule, ResponseSender responses)
{
    /// <summary>Begins a message's transaction.</summary>
    public ConsumerTransaction Begin(Guid messageId, string endpoint, RequestDeadline? deadline = null) => new(messageId, endpoint, store, deadline);

    /// <summary>Whether the endpoint has consumed the message before.</summary>
    public ValueTask<bool> HasConsumedAsync(ConsumerTransaction transaction, CancellationToken cancellationToken) =>
        store.HasConsumedAsync(transaction, cancellationToken);

    /// <summary>Commits, and sends the answers. Completes when all is on disk.</summary>
    /// <returns>False when the message was consumed before.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    /// <exception cref="RequestExpiredException">It is a request that came to it too late; nothing of it happened.</exception>
    public async Task<bool> CommitAsync(ConsumerTransaction transaction, ConsumeContext context)
    {
        var committed = false;
        try
        {
            committed = await store.CommitAsync(transaction, context.CancellationToken);
        }
        finally
        {
            await EndAsync(transaction, committed);
        }

        if (!committed)
            return false;
        outgoing.Announce(transaction.Outgoing);
        schedule.Announce(transaction.ScheduleSteps);
        await responses.SendAsync(context, transaction.Responses);
        return true;
    }

    /// <summary>Ends a transaction that is not to commit.</summary>
    public static ValueTask AbandonAsync(ConsumerTransaction transaction) => EndAsync(transaction, committed: false);

    private static ValueTask EndAsync(ConsumerTransaction transaction, bool committed)
    {
        foreach (var participant in transaction.Participants)
            participant.Ended(committed);
        return transaction.ReleaseAsync();
    }
}

using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Failures;

/// <inheritdoc />
internal sealed class FailedMessages(IServiceProvider services, IFailureStore store, TimeProvider time) : IFailedMessages
{
    private const int BatchSize = 50;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Keeps a message that was given up; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task KeepAsync(ReceiveContext context, Exception exception, int attempts)
    {
        var failed = FailedMessage.Describe(ReceivedMessage.Read(context), exception, attempts, time.GetUtcNow());
        return store.KeepAsync(failed, context.CancellationToken);
    }

    /// <summary>Keeps a row that could not even be handed over; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task KeepAsync(InboxMessage row, string endpoint, Exception exception)
    {
        var message = new ReceivedMessage(row.MessageId, row.MessageType, endpoint, row.Records, row.ContentType, row.Body);
        var failed = FailedMessage.Describe(message, exception, attempts: 1, time.GetUtcNow());
        return store.KeepAsync(failed, CancellationToken.None);
    }

    public async Task<bool> RetryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = services.GetRequiredService<DeliveryContext>();
        var failed = await context.FailedMessages.SingleOrDefaultAsync(x => x.Id == id, cancellationToken);
        if (failed is null)
            return false;

        await SendAgainAsync([failed], cancellationToken);
        return true;
    }

    public async Task<int> RetryAllAsync(string? messageType, CancellationToken cancellationToken)
    {
        await using var context = services.GetRequiredService<DeliveryContext>();
        var all = context.FailedMessages.Where(x => messageType == null || x.MessageType == messageType);
        var last = await all.MaxAsync(x => (long?)x.Seq, cancellationToken) ?? 0;
        var total = 0;
        while (true)
        {
            var batch = await all.Where(x => x.Seq <= last).OrderBy(x => x.Seq).Take(BatchSize).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                return total;

            await SendAgainAsync(batch, cancellationToken);
            total += batch.Count;
        }
    }

    public Task<bool> DropAsync(Guid id, CancellationToken cancellationToken) => store.DeleteAsync(id, cancellationToken);

    private async Task SendAgainAsync(List<FailedMessage> batch, CancellationToken cancellationToken)
    {
        try
        {
            await store.SendAgainAsync(batch, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            throw new OutboxUnavailableException(exception.Message, RetryAfter, exception);
        }
    }
}

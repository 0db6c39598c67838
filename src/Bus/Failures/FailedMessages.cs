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
    public Task KeepAsync(ReceiveContext context, Exception exception, int attempts) =>
        KeepAsync(FailedMessage.Describe(ReceivedMessage.Read(context), exception, attempts, time.GetUtcNow()), context.CancellationToken);

    /// <summary>Keeps a row that could not even be handed over; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task KeepAsync(InboxMessage row, string endpoint, Exception exception)
    {
        var message = new ReceivedMessage(row.MessageId, row.MessageType, endpoint, row.Records, row.ContentType, row.Body);
        return KeepAsync(FailedMessage.Describe(message, exception, attempts: 1, time.GetUtcNow()), CancellationToken.None);
    }

    private async Task KeepAsync(FailedMessage failed, CancellationToken cancellationToken)
    {
        await store.KeepAsync(failed, cancellationToken);
        failed.Count();
    }

    public async Task<bool> RetryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = services.GetRequiredService<DeliveryContext>();
        var failed = await context.ReadAsync(() => context.FailedMessages.SingleOrDefaultAsync(x => x.Id == id, cancellationToken));
        if (failed is null)
            return false;

        await SendAgainAsync([failed], cancellationToken);
        return true;
    }

    public async Task<int> RetryAllAsync(string? messageType, CancellationToken cancellationToken)
    {
        await using var context = services.GetRequiredService<DeliveryContext>();
        var all = context.FailedMessages.Where(x => messageType == null || x.MessageType == messageType);
        var last = await context.ReadAsync(() => all.MaxAsync(x => (long?)x.Seq, cancellationToken)) ?? 0;
        var total = 0;
        while (true)
        {
            var batch = await context.ReadAsync(() => all.Where(x => x.Seq <= last).OrderBy(x => x.Seq).Take(BatchSize).ToListAsync(cancellationToken));
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

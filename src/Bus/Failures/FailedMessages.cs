using System.Text.Json;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Failures;

/// <inheritdoc cref="IFailedMessages" />
internal sealed class FailedMessages(IServiceProvider services, IFailureStore store, ChunkFormats formats, TimeProvider time) : IFailedMessages, IDisposable
{
    private const int BatchSize = 50;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>What is read is sent before anybody else reads: of two who edit a message, one is told that it is gone.</summary>
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>Keeps a message that was given up; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task KeepAsync(ReceiveContext context, Exception exception, int attempts) =>
        KeepAsync(FailedMessage.Describe(ReceivedMessage.Read(context), exception, attempts, time.GetUtcNow()), context.CancellationToken);

    /// <summary>Keeps a message that the broker took out of an endpoint's queue; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task KeepAsync(ReceiveContext context, string endpoint, Exception exception) => KeepAsync(
        FailedMessage.Describe(ReceivedMessage.Read(context) with { Endpoint = endpoint }, exception, attempts: 1, time.GetUtcNow()), context.CancellationToken);

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

    public Task<bool> RetryAsync(Guid id, CancellationToken cancellationToken) => RetryAsync(id, static failed => failed, cancellationToken);

    public Task<bool> RetryAsync(Guid id, JsonElement payload, CancellationToken cancellationToken) =>
        RetryAsync(id, failed => failed.With(EditedPayload.Of(failed, payload, formats)), cancellationToken);

    private Task<bool> RetryAsync(Guid id, Func<FailedMessage, FailedMessage> edit, CancellationToken cancellationToken) => SendAsync(
        async context =>
        {
            var failed = await context.ReadAsync(() => context.FailedMessages.SingleOrDefaultAsync(x => x.Id == id, cancellationToken));
            return failed is not null && await store.SendAgainAsync(edit(failed), cancellationToken);
        },
        cancellationToken);

    public async Task<int> RetryAllAsync(string? messageType, CancellationToken cancellationToken)
    {
        var last = await SendAsync(context => context.ReadAsync(() => All(context).MaxAsync(x => (long?)x.Seq, cancellationToken)), cancellationToken) ?? 0;
        var total = 0;
        while (true)
        {
            var sent = await SendAsync(SendBatchAsync, cancellationToken);
            if (sent == 0)
                return total;
            total += sent;
        }

        IQueryable<FailedMessage> All(DeliveryContext context) => context.FailedMessages.Where(x => messageType == null || x.MessageType == messageType);

        async Task<int> SendBatchAsync(DeliveryContext context)
        {
            var batch = await context.ReadAsync(
                () => All(context).Where(x => x.Seq <= last).OrderBy(x => x.Seq).Take(BatchSize).ToListAsync(cancellationToken));
            if (batch.Count > 0)
                await store.SendAgainAsync(batch, cancellationToken);
            return batch.Count;
        }
    }

    public Task<bool> DropAsync(Guid id, CancellationToken cancellationToken) => store.DeleteAsync(id, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _sending.Dispose();

    private async Task<TResult> SendAsync<TResult>(Func<DeliveryContext, Task<TResult>> send, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await using var context = services.GetRequiredService<DeliveryContext>();
            return await send(context);
        }
        catch (StorageUnavailableException exception)
        {
            throw new OutboxUnavailableException(exception.Message, RetryAfter, exception);
        }
        finally
        {
            _sending.Release();
        }
    }
}

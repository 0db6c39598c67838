using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Inbox;

/// <summary>The lane of one process: a chunk is durable once its row is in the inbox.</summary>
internal sealed class InProcessLane(SqliteInbox inbox, InboxOptions options, TimeProvider time) : IOutboxLane
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task SendAsync(OutboxChunk chunk, CancellationToken cancellationToken)
    {
        try
        {
            var entry = new InboxEntry(
                chunk.MessageId, chunk.MessageType, Endpoint: null, chunk.Count, StoredBody.Records, time.GetUtcNow(), chunk.Records, chunk.Trace);
            await inbox.AppendAsync(entry, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            throw new OutboxUnavailableException(exception.Message, RetryAfter, exception);
        }
    }

    public Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken) =>
        inbox.WaitUntilBelowAsync(options.BulkHighWaterBytes, cancellationToken);
}

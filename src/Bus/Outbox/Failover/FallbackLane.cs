using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Acceptance;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Outbox.Failover;

/// <summary>
/// The lane over a server, with the SQLite inbox as its fallback: what the server does not confirm in time is parked under the same
/// message id, so that a double is dropped by its mark.
/// </summary>
internal sealed class FallbackLane(
    IPrimaryLane primary,
    LaneBreaker breaker,
    SqliteInbox inbox,
    FailoverSessions sessions,
    LaneBacklog backlog,
    ConfirmedRecords confirmed,
    BreakerOptions options,
    InboxOptions inboxOptions,
    TimeProvider time) : IOutboxLane
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task SendAsync(OutboxChunk chunk, CancellationToken cancellationToken)
    {
        if (breaker.Circuit == Circuit.Closed)
        {
            // A copy, as a lane that does not heed its deadline still reads it when the chunk's memory has gone to others.
            var entry = Entry(chunk, chunk.Records.ToArray());
            var attempt = await breaker.TryAsync(deadline => primary.ForwardAsync(entry, deadline), options.PublishTimeout);
            if (attempt.Confirmed)
            {
                confirmed.Add(chunk.MessageType, chunk.Count);
                return;
            }
        }

        await ParkAsync(chunk, cancellationToken);
    }

    /// <inheritdoc />
    public async Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken)
    {
        await inbox.WaitUntilBelowAsync(inboxOptions.BulkHighWaterBytes, cancellationToken);
        await backlog.WaitUntilLowAsync(cancellationToken);
    }

    private async Task ParkAsync(OutboxChunk chunk, CancellationToken cancellationToken)
    {
        var parked = 0;
        sessions.BeginParking();
        try
        {
            await inbox.AppendAsync(Entry(chunk, chunk.Records), cancellationToken);
            parked = chunk.Count;
        }
        catch (StorageUnavailableException exception)
        {
            throw new OutboxUnavailableException(exception.Message, RetryAfter, exception);
        }
        finally
        {
            sessions.EndParking(parked);
        }
    }

    private InboxEntry Entry(OutboxChunk chunk, ReadOnlyMemory<byte> records) =>
        new(chunk.MessageId, chunk.MessageType, Endpoint: null, chunk.Count, StoredBody.Records, time.GetUtcNow(), records, chunk.Trace);
}

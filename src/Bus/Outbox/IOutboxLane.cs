namespace BusIngest.Bus.Outbox;

/// <summary>A way to make a chunk durable.</summary>
internal interface IOutboxLane
{
    /// <summary>Completes when the chunk would survive a kill of this process.</summary>
    /// <exception cref="OutboxUnavailableException">It can't be made durable now.</exception>
    Task SendAsync(OutboxChunk chunk, CancellationToken cancellationToken);

    /// <summary>Completes when little waits behind this lane.</summary>
    Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken);
}

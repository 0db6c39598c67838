namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>Counts what a lane has made durable, whether or not its caller still waited for it.</summary>
internal sealed class CountingLane(IOutboxLane lane, AcceptedRecords accepted) : IOutboxLane
{
    /// <inheritdoc />
    public async Task SendAsync(OutboxChunk chunk, CancellationToken cancellationToken)
    {
        await lane.SendAsync(chunk, cancellationToken);
        accepted.Add(chunk.MessageType, chunk.Count);
    }

    /// <inheritdoc />
    public Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken) => lane.WaitUntilCaughtUpAsync(cancellationToken);
}

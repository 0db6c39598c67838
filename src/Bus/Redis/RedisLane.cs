using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;

namespace BusIngest.Bus.Redis;

/// <summary>
/// The lane over a Redis stream: a message is durable once its entry is on the master and, behind Sentinel, on all replicas.
/// A <see cref="RedisRelay"/> brings it to the bus. The stream's length is bounded: when it is full, the lane counts as down.
/// </summary>
internal sealed class RedisLane(RedisMaster master, DurableWrites writes, RedisOptions options) : IPrimaryLane
{
    /// <inheritdoc />
    public string Name => "redis";

    /// <inheritdoc />
    public string? Master => master.Endpoint;

    /// <inheritdoc />
    public MasterPromotion? LastPromotion => master.LastPromotion;

    /// <inheritdoc />
    public string? Trouble => master.Unavailable;

    /// <inheritdoc />
    public string? Refusal => master.Refusal;

    /// <inheritdoc />
    public Pulse Returned => master.Returned;

    /// <inheritdoc />
    public Task ForwardAsync(InboxEntry entry, CancellationToken deadline) => WriteAsync(
        [OutboxStream.Append, 1, RedisKeys.Outbox, options.MaxStreamLength, .. OutboxStream.Fields(entry)], entry.Body.Length, deadline);

    /// <inheritdoc />
    public Task ProbeAsync(CancellationToken deadline) =>
        WriteAsync([OutboxStream.Probe, 2, RedisKeys.Outbox, RedisKeys.Probe, options.MaxStreamLength], bytes: 0, deadline);

    private async Task WriteAsync(object[] script, int bytes, CancellationToken deadline)
    {
        if ((await writes.WriteAsync("EVAL", script, bytes, deadline)).IsNull)
            throw new RedisUnavailableException($"The stream is full: {options.MaxStreamLength} entries wait to be relayed (Redis:MaxStreamLength).");
    }
}

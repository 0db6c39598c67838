using System.Threading.Channels;
using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Redis;

/// <summary>Removes entries from the outbox's stream once they are handed on, many at a time, for as long as it takes.</summary>
internal sealed class RelayedEntries(RedisMaster master, RedisOptions options, Supervisor supervisor, TimeProvider time)
{
    private const int MaxBatch = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Never full: an entry keeps its place among those in hand until it is removed.
    private readonly Channel<string> _ids = Channel.CreateBounded<string>(
        new BoundedChannelOptions(options.RelayMaxInFlight) { SingleReader = true });

    private readonly List<string> _batch = [];

    /// <summary>Has an entry removed.</summary>
    public ValueTask AddAsync(string id, CancellationToken cancellationToken) => _ids.Writer.WriteAsync(id, cancellationToken);

    /// <summary>Removes until stopped.</summary>
    /// <param name="removed">Told of each entry that is gone.</param>
    /// <param name="stopping">Ends it; what is not removed is handed on again by another relay.</param>
    public Task RunAsync(Action<string> removed, CancellationToken stopping) => supervisor.RunAsync(
        "redis-removal",
        (loop, ending) => master.KeepAtAsync(loop, () => RemoveSomeAsync(loop, removed, ending), ending),
        stopping);

    private async Task RemoveSomeAsync(BackgroundLoop loop, Action<string> removed, CancellationToken stopping)
    {
        // What could not be removed is still in the batch.
        if (_batch.Count == 0)
            await _ids.Reader.WaitToReadAsync(stopping);
        while (_batch.Count < MaxBatch && _ids.Reader.TryRead(out var id))
            _batch.Add(id);
        await loop.DoAsync(() => RemoveAsync(stopping));
        _batch.ForEach(removed);
        _batch.Clear();
    }

    private async Task RemoveAsync(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var connection = master.Connection;
        try
        {
            var acknowledged = connection.SendAsync("XACK", [RedisKeys.Outbox, OutboxStream.Group, .. _batch]);
            var deleted = connection.SendAsync("XDEL", [RedisKeys.Outbox, .. _batch]);
            await Task.WhenAll(acknowledged, deleted).WaitAsync(deadline.Token);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            master.Suspect(connection);
            throw;
        }
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>Removes entries from the outbox's stream once they are handed on, many at a time, for as long as it takes.</summary>
internal sealed class RelayedEntries(RedisMaster master, RedisOptions options, TimeProvider time, ILogger<RelayedEntries> logger)
{
    private const int MaxBatch = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Never full: an entry keeps its place among those in hand until it is removed.
    private readonly Channel<string> _ids = Channel.CreateBounded<string>(
        new BoundedChannelOptions(options.RelayMaxInFlight) { SingleReader = true });

    /// <summary>Has an entry removed.</summary>
    public ValueTask AddAsync(string id, CancellationToken cancellationToken) => _ids.Writer.WriteAsync(id, cancellationToken);

    /// <summary>Removes until stopped.</summary>
    /// <param name="removed">Told of each entry that is gone.</param>
    /// <param name="stopping">Ends it; what is not removed is handed on again by another relay.</param>
    public async Task RunAsync(Action<string> removed, CancellationToken stopping)
    {
        var batch = new List<string>();
        while (await _ids.Reader.WaitToReadAsync(stopping))
        {
            while (batch.Count < MaxBatch && _ids.Reader.TryRead(out var id))
                batch.Add(id);
            while (!await TryRemoveAsync(batch, stopping))
                await Task.Delay(Pause, time, stopping);
            batch.ForEach(removed);
            batch.Clear();
        }
    }

    private async Task<bool> TryRemoveAsync(List<string> ids, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        RedisConnection? connection = null;
        try
        {
            connection = master.Connection;
            var acknowledged = connection.SendAsync("XACK", [RedisKeys.Outbox, OutboxStream.Group, .. ids]);
            var deleted = connection.SendAsync("XDEL", [RedisKeys.Outbox, .. ids]);
            await Task.WhenAll(acknowledged, deleted).WaitAsync(deadline.Token);
            return true;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            if (connection is not null)
                master.Suspect(connection);
            logger.LogDebug(exception, "Relayed entries can't be removed yet");
            return false;
        }
    }
}

using BusIngest.Bus.Progress;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Brings the entries of the outbox's stream to the bus, and removes each once the bus has it. Relays of several processes share the
/// work, and take over what a dead one had in hand. Entries are handed on in their order, several at once; one that is tried again falls behind.
/// </summary>
internal sealed class RedisRelay(
    RedisMaster master,
    RelayedEntries relayed,
    EntryForwarder handing,
    WorkWatch watch,
    RedisOptions options,
    Supervisor supervisor,
    TimeProvider time,
    ILogger<RedisRelay> logger) : SupervisedService(supervisor, "redis-relay")
{
    /// <summary>Most of a relay's entries: those in hand, and those put back of late.</summary>
    private const int MaxPending = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestRead = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>A command may be carried out late, when its connection is long gone, so it is not enough to look after a failure.</summary>
    private static readonly TimeSpan LostInterval = TimeSpan.FromSeconds(1);

    private readonly string _name = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly EntriesInHand _hand = new(options.RelayMaxInFlight, watch.Add("relay of the Redis stream"));
    private readonly CancellationTokenSource _aborting = new();
    private bool _disposed;

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => relayed.RunAsync(_hand.LetGo, _aborting.Token), CancellationToken.None);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Takes in no more, and finishes what is in hand while the host still waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _hand.DrainAsync(cancellationToken);
            await WithinAsync(deadline => RelayGroup.RemoveAsync(master.Connection, _name, Forgotten, deadline), cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or RedisUnavailableException or RedisServerException)
        {
            logger.LogDebug(exception, "The relay stops with {Count} entries in hand; another one takes them over", _hand.Ids.Count);
        }

        await _aborting.CancelAsync();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        base.Dispose();
        _aborting.Cancel();
        _hand.Dispose();
        _aborting.Dispose();
    }

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) =>
        master.KeepAtAsync(loop, () => RelayAsync(loop, master.Connection.Endpoint, stopping), stopping);

    /// <summary>Relays from one master, for as long as it is the master.</summary>
    private async Task RelayAsync(BackgroundLoop loop, string endpoint, CancellationToken stopping)
    {
        using var connection = await WithinAsync(deadline => RedisConnection.OpenAsync(endpoint, options.Access, deadline), stopping);
        var group = new RelayGroup(connection, _name);
        await WithinAsync(group.CreateAsync, stopping);
        await WithinAsync(deadline => RelayGroup.RemoveAsync(connection, _name, Forgotten, deadline), stopping);
        var interval = options.RelayClaimAfter / 3;
        var wait = interval < LongestRead ? interval : LongestRead;
        var (keeping, looking) = (time.GetTimestamp(), 0L);
        var (cursor, hasLeft) = ("0-0", false);
        while (string.Equals(master.Endpoint, endpoint, StringComparison.Ordinal))
        {
            if (connection.Lost.IsCompleted)
                throw new RedisUnavailableException($"The connection to Redis at {endpoint} is lost.");
            if (looking == 0 || time.GetElapsedTime(looking) > LostInterval)
            {
                looking = time.GetTimestamp();
                await FindLostAsync(group, stopping);
            }

            if (hasLeft || time.GetElapsedTime(keeping) > interval)
            {
                keeping = time.GetTimestamp();
                await KeepAsync(group, stopping);
                (cursor, hasLeft) = await ClaimAsync(group, cursor, stopping);
            }

            var longest = hasLeft ? ShortestRead : wait;
            await TakeAsync(places => WithinAsync(deadline => group.ReadAsync(places, longest, deadline), stopping), interval, stopping);
            loop.Succeed();
        }

        throw new RedisUnavailableException($"Redis at {endpoint} is no longer the master.");
    }

    private async Task KeepAsync(RelayGroup group, CancellationToken stopping)
    {
        if (_hand.Ids is { Count: > 0 } ids)
            await WithinAsync(deadline => group.KeepAsync(ids, deadline), stopping);
    }

    /// <summary>Takes again what the server has given to this relay in an answer that did not come. Others would do so only after a while.</summary>
    private async Task FindLostAsync(RelayGroup group, CancellationToken stopping)
    {
        var pending = await WithinAsync(deadline => group.PendingAsync(MaxPending, deadline), stopping);
        var lost = _hand.FindLost(pending, isAll: pending.Count < MaxPending);
        if (lost.Count == 0)
            return;

        logger.LogWarning("Takes {Count} entries again that an answer has not brought", lost.Count);
        await TakeAsync(places => WithinAsync(deadline => group.TakeAgainAsync(lost.Take(places), deadline), stopping), TimeSpan.Zero, stopping);
    }

    /// <summary>Takes over what a relay has left, this one perhaps.</summary>
    /// <returns>Where to go on, and whether there may be more.</returns>
    private async Task<(string Cursor, bool HasLeft)> ClaimAsync(RelayGroup group, string cursor, CancellationToken stopping)
    {
        var hasLeft = false;
        await TakeAsync(
            async places =>
            {
                // Half the room at most: what was put back must not keep out what is new.
                var limit = Math.Max(1, places / 2);
                (var entries, cursor) = await WithinAsync(deadline => group.ClaimAsync(limit, options.RelayClaimAfter, cursor, deadline), stopping);
                hasLeft = entries.Count == limit;
                if (entries.Count > 0)
                    logger.LogWarning("Took over {Count} entries that a relay had left", entries.Count);
                return entries;
            },
            TimeSpan.Zero,
            stopping);
        return (cursor, hasLeft);
    }

    private Task TakeAsync(Func<int, Task<List<StreamEntry>>> read, TimeSpan patience, CancellationToken stopping) =>
        _hand.TakeAsync(read, patience, entry => _ = HandOnAsync(entry), stopping);

    private async Task HandOnAsync(StreamEntry entry)
    {
        try
        {
            if (await handing.HandOnAsync(entry, _aborting.Token))
                await relayed.AddAsync(entry.Id, _aborting.Token);
            else
                _hand.PutBack(entry.Id);
        }
        catch (OperationCanceledException) when (_aborting.IsCancellationRequested)
        {
            // The entry stays, and another relay hands it on.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Entry {Entry} of the outbox's stream could not be handed on; it is taken up again", entry.Id);
            _hand.PutBack(entry.Id);
        }
    }

    private async Task WithinAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await work(deadline.Token);
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        return await work(deadline.Token);
    }
}

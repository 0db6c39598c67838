using System.Collections.Concurrent;
using BusIngest.Bus.Progress;
using Microsoft.Extensions.Hosting;
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
    TimeProvider time,
    ILogger<RedisRelay> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestRead = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly string _name = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly WorkInHand _work = watch.Add("relay of the Redis stream");
    private readonly ConcurrentDictionary<string, byte> _inHand = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(options.RelayMaxInFlight, options.RelayMaxInFlight);
    private readonly CancellationTokenSource _aborting = new();
    private bool _disposed;

    /// <summary>Takes in no more, and finishes what is in hand while the host still waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            for (var slot = 0; slot < options.RelayMaxInFlight; slot++)
                await _slots.WaitAsync(cancellationToken);
            await LeaveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or RedisUnavailableException or RedisServerException)
        {
            logger.LogDebug(exception, "The relay stops with {Count} entries in hand; another one takes them over", _inHand.Count);
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
        _slots.Dispose();
        _aborting.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _ = Task.Run(() => relayed.RunAsync(LetGo, _aborting.Token), CancellationToken.None);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayAsync(master.Connection.Endpoint, stoppingToken);
            }
            catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException or OperationCanceledException)
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                logger.LogDebug(exception, "The outbox's stream can't be read; trying again");
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The relay failed; trying again");
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Relays from one master, for as long as it is the master.</summary>
    private async Task RelayAsync(string endpoint, CancellationToken stopping)
    {
        using var connection = await WithinAsync(deadline => RedisConnection.OpenAsync(endpoint, options.Access, deadline), stopping);
        var group = new RelayGroup(connection, _name);
        await WithinAsync(group.CreateAsync, stopping);
        await WithinAsync(deadline => RelayGroup.RemoveAsync(connection, _name, Forgotten, deadline), stopping);
        var interval = options.RelayClaimAfter / 3;
        var wait = interval < LongestRead ? interval : LongestRead;
        var keeping = time.GetTimestamp();
        var (cursor, hasLeft) = ("0-0", false);
        while (!stopping.IsCancellationRequested && !connection.Lost.IsCompleted && string.Equals(master.Endpoint, endpoint, StringComparison.Ordinal))
        {
            if (hasLeft || time.GetElapsedTime(keeping) > interval)
            {
                keeping = time.GetTimestamp();
                await KeepAsync(group, stopping);
                (cursor, hasLeft) = await ClaimAsync(group, cursor, stopping);
            }

            var longest = hasLeft ? ShortestRead : wait;
            await TakeAsync(slots => WithinAsync(deadline => group.ReadAsync(slots, longest, deadline), stopping), interval, stopping);
        }
    }

    private async Task KeepAsync(RelayGroup group, CancellationToken stopping)
    {
        if (!_inHand.IsEmpty)
            await WithinAsync(deadline => group.KeepAsync(_inHand.Keys, deadline), stopping);
    }

    /// <summary>Takes over what a relay has left, this one perhaps, when an answer did not reach it.</summary>
    /// <returns>Where to go on, and whether there may be more.</returns>
    private async Task<(string Cursor, bool HasLeft)> ClaimAsync(RelayGroup group, string cursor, CancellationToken stopping)
    {
        var hasLeft = false;
        await TakeAsync(
            async slots =>
            {
                // Half the room at most: what was put back must not keep out what is new.
                var limit = Math.Max(1, slots / 2);
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

    /// <summary>Takes as many entries as there is room for; none when there is no room within the time.</summary>
    private async Task TakeAsync(Func<int, Task<List<StreamEntry>>> read, TimeSpan patience, CancellationToken stopping)
    {
        if (!await _slots.WaitAsync(patience, stopping))
            return;

        var slots = 1 + TakeFreeSlots();
        try
        {
            foreach (var entry in await read(slots))
            {
                // A claim may bring what is in hand already.
                if (!_inHand.TryAdd(entry.Id, 0))
                    continue;
                slots--;
                _work.Take();
                _ = HandOnAsync(entry);
            }
        }
        finally
        {
            if (slots > 0)
                _slots.Release(slots);
        }
    }

    private int TakeFreeSlots()
    {
        var taken = 0;
        while (_slots.Wait(TimeSpan.Zero))
            taken++;
        return taken;
    }

    private async Task HandOnAsync(StreamEntry entry)
    {
        try
        {
            if (await handing.HandOnAsync(entry, _aborting.Token))
                await relayed.AddAsync(entry.Id, _aborting.Token);
            else
                PutBack(entry.Id);
        }
        catch (OperationCanceledException) when (_aborting.IsCancellationRequested)
        {
            // The entry stays, and another relay hands it on.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Entry {Entry} of the outbox's stream could not be handed on; it is taken up again", entry.Id);
            PutBack(entry.Id);
        }
    }

    private void LetGo(string id)
    {
        if (!_inHand.TryRemove(id, out _))
            return;
        _work.Move();
        _slots.Release();
    }

    /// <summary>Makes room for others. As nobody touches it any more, it is claimed again after a while.</summary>
    private void PutBack(string id)
    {
        if (!_inHand.TryRemove(id, out _))
            return;
        _work.PutBack();
        _slots.Release();
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await RelayGroup.RemoveAsync(master.Connection, _name, Forgotten, deadline.Token);
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

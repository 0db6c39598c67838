using System.Collections.Concurrent;
using System.Text.Json;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports.RabbitMq;
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
    IMessageForwarder forwarder,
    FailedMessages failures,
    RedisOptions options,
    TimeProvider time,
    ILogger<RedisRelay> logger) : BackgroundService
{
    private const string Unreadable = "unreadable";

    /// <summary>By then a queue that was deleted is declared again.</summary>
    private const int RoutingTries = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly string _name = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
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
        using var connection = await WithinAsync(deadline => RedisConnection.OpenAsync(endpoint, deadline), stopping);
        var group = new RelayGroup(connection, _name);
        await WithinAsync(group.CreateAsync, stopping);
        await WithinAsync(deadline => RelayGroup.RemoveAsync(connection, _name, Forgotten, deadline), stopping);
        var interval = options.RelayClaimAfter / 3;
        var wait = interval < LongestRead ? interval : LongestRead;
        var keeping = time.GetTimestamp();
        var cursor = "0-0";
        while (!stopping.IsCancellationRequested && !connection.Lost.IsCompleted && string.Equals(master.Endpoint, endpoint, StringComparison.Ordinal))
        {
            if (time.GetElapsedTime(keeping) > interval)
            {
                keeping = time.GetTimestamp();
                await KeepAsync(group, stopping);
                cursor = await ClaimAsync(group, cursor, stopping);
            }

            await TakeAsync(slots => WithinAsync(deadline => group.ReadAsync(slots, wait, deadline), stopping), interval, stopping);
        }
    }

    private async Task KeepAsync(RelayGroup group, CancellationToken stopping)
    {
        if (!_inHand.IsEmpty)
            await WithinAsync(deadline => group.KeepAsync(_inHand.Keys, deadline), stopping);
    }

    private async Task<string> ClaimAsync(RelayGroup group, string cursor, CancellationToken stopping)
    {
        await TakeAsync(
            async slots =>
            {
                (var entries, cursor) = await WithinAsync(deadline => group.ClaimAsync(slots, options.RelayClaimAfter, cursor, deadline), stopping);
                if (entries.Count > 0)
                    logger.LogWarning("Took over {Count} entries that a relay had left", entries.Count);
                return entries;
            },
            TimeSpan.Zero,
            stopping);
        return cursor;
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
            await HandOnUntilDoneAsync(entry, _aborting.Token);
            await relayed.AddAsync(entry.Id, _aborting.Token);
        }
        catch (OperationCanceledException)
        {
            // The entry stays, and another relay hands it on.
        }
        catch (Exception exception)
        {
            // Its place stays taken and the entry stays: better one message that waits for a restart than one that is lost.
            logger.LogError(exception, "Entry {Entry} of the outbox's stream could not be handed on", entry.Id);
        }
    }

    private async Task HandOnUntilDoneAsync(StreamEntry entry, CancellationToken aborting)
    {
        var pause = Pause;
        for (var tries = 1; !await TryHandOnAsync(entry, tries, aborting); tries++)
        {
            await Task.Delay(pause, time, aborting);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> TryHandOnAsync(StreamEntry entry, int tries, CancellationToken aborting)
    {
        try
        {
            InboxEntry message;
            try
            {
                message = OutboxStream.Read(entry);
            }
            catch (FormatException exception)
            {
                await KeepAsync(entry, exception);
                return true;
            }

            try
            {
                using var limit = new CancellationTokenSource(options.RelayForwardTimeout, time);
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborting);
                await forwarder.ForwardAsync(message, deadline.Token);
            }
            catch (Exception exception) when (IsOfMessage(exception) || (exception is UnroutableMessageException && tries >= RoutingTries))
            {
                await KeepAsync(message, exception);
            }

            return true;
        }
        catch (Exception exception) when (!aborting.IsCancellationRequested)
        {
            logger.LogWarning("Entry {Entry} can't be handed on yet: {Reason}", entry.Id, exception.Message);
            return false;
        }
    }

    /// <summary>Whether the message itself is at fault: it would be at every try, and take a place for ever.</summary>
    private static bool IsOfMessage(Exception exception) => exception is JsonException or KeyNotFoundException or FormatException;

    /// <summary>Nobody can say what it is; someone may look at it among the failed messages.</summary>
    private Task KeepAsync(StreamEntry entry, FormatException exception) => KeepAsync(
        new InboxEntry(
            Guid.CreateVersion7(time.GetUtcNow()), Unreadable, Unreadable, 1, Transports.StoredBody.Records, time.GetUtcNow(), entry.ToJson()),
        exception);

    private Task KeepAsync(InboxEntry message, Exception exception) => failures.KeepAsync(
        new InboxMessage
        {
            MessageId = message.MessageId,
            MessageType = message.MessageType,
            Endpoint = message.Endpoint,
            Records = message.Records,
            ContentType = message.ContentType,
            AcceptedAt = message.AcceptedAt,
            Body = message.Body.ToArray(),
        },
        message.Endpoint ?? Unreadable,
        exception);

    private void LetGo(string id)
    {
        if (_inHand.TryRemove(id, out _))
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

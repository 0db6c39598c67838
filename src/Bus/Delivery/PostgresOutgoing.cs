using System.Collections.Concurrent;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// Messages that consumers and sagas sent, in the table `outgoing` of PostgreSQL. The process that committed a message sends it on at once,
/// from memory, and deletes its row once that is confirmed. What stays behind, because the broker was away or the process died, is swept up
/// by whoever comes first.
/// </summary>
internal sealed class PostgresOutgoing(
    PostgresDatabase database, IServiceProvider services, DeliveryOptions options, TimeProvider time, ILogger<PostgresOutgoing> logger)
    : BackgroundService, IOutgoing
{
    private const int SweptAtOnce = 500;
    private const int DeletedAtOnce = 1_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Rows of this process that are being sent, with when they were taken in hand.</summary>
    private readonly ConcurrentDictionary<(Guid MessageId, string? Endpoint), byte> _inHand = new();

    /// <summary>Resolved late: it sends over the bus, whose endpoints are configured with what holds this.</summary>
    private readonly Lazy<IMessageForwarder> _forwarder = new(services.GetRequiredService<IMessageForwarder>);

    private readonly Gathered<Guid> _deleting = new(DeletedAtOnce, ids => DeleteAsync(database, ids));
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Sends what was committed; what is too much to have in hand at once is left to the sweep.</summary>
    public void Announce(IReadOnlyList<InboxEntry> sent)
    {
        foreach (var entry in sent)
        {
            if (_inHand.Count < options.MaxInHand && !_stopping.IsCancellationRequested && _inHand.TryAdd((entry.MessageId, entry.Endpoint), 0))
                _ = SendAsync(entry);
        }
    }

    public async ValueTask<DateTimeOffset?> OldestAsync(CancellationToken cancellationToken)
    {
        await using var unit = new PostgresUnit(database);
        return await unit.OldestOutgoingAsync(cancellationToken);
    }

    /// <summary>Ends the sweep, and waits for what is being sent while the host still waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (!_inHand.IsEmpty && !cancellationToken.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _stopping.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.SweepEvery;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // After a failure with one message, so that a broker which is away is not asked five hundred times.
                var found = await SweepAsync(pause == options.SweepEvery ? SweptAtOnce : 1, stoppingToken);
                pause = options.SweepEvery;
                if (found == SweptAtOnce)
                    continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                logger.LogWarning("Outgoing messages that stayed behind can't be sent yet: {Reason}", exception.Message);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task DeleteAsync(PostgresDatabase database, IReadOnlyList<Guid> messageIds)
    {
        var batch = new PostgresBatch();
        batch.DeleteOutgoing(messageIds);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    private async Task SendAsync(InboxEntry entry)
    {
        try
        {
            await ForwardAsync(entry, _stopping.Token);
            await _deleting.AddAsync(entry.MessageId);
        }
        catch (Exception exception)
        {
            // The row is still there: the sweep sends it.
            logger.LogDebug(exception, "Message {MessageId} is left to the sweep", entry.MessageId);
        }
        finally
        {
            _inHand.TryRemove((entry.MessageId, entry.Endpoint), out _);
        }
    }

    private async Task ForwardAsync(InboxEntry entry, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (options.ForwardTimeout is { } timeout)
            deadline.CancelAfter(timeout);
        await _forwarder.Value.ForwardAsync(entry, deadline.Token);
    }

    /// <summary>Sends what has waited for too long, the oldest first. The rows are locked meanwhile, so that nobody else sends them.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> SweepAsync(int limit, CancellationToken stopping)
    {
        await using var unit = new PostgresUnit(database);
        var left = await unit.LeftBehindAsync(time.GetUtcNow() - options.LeftBehindAfter, limit, stopping);
        var own = left.Where(entry => !_inHand.ContainsKey((entry.MessageId, entry.Endpoint))).ToList();
        if (own.Count == 0)
            return 0;

        var sending = own.ConvertAll(entry => ForwardAsync(entry, stopping));
        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var batch = new PostgresBatch();
        batch.DeleteOutgoing(own.Where((_, index) => sending[index].IsCompletedSuccessfully).Select(entry => entry.MessageId));
        await unit.ExecuteAsync(batch, CancellationToken.None);
        await unit.CommitAsync(CancellationToken.None);
        await Task.WhenAll(sending);
        return left.Count;
    }
}

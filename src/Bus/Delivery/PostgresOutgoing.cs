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

    /// <summary>After a sweep of which nothing could be sent. More than one: the oldest may be those that can never be.</summary>
    private const int SweptInTrouble = 100;
    private const int DeletedAtOnce = 1_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>For how long a row that could not be sent is left out, so that it holds up no other.</summary>
    private static readonly TimeSpan SetAsideFor = TimeSpan.FromSeconds(10);

    /// <summary>Rows of this process that are being sent.</summary>
    private readonly ConcurrentDictionary<Row, byte> _inHand = new();

    /// <summary>Rows that could not be sent, with the timestamp from which on they are tried again.</summary>
    private readonly Dictionary<long, long> _setAside = [];

    /// <summary>Resolved late: it sends over the bus, whose endpoints are configured with what holds this.</summary>
    private readonly Lazy<IMessageForwarder> _forwarder = new(services.GetRequiredService<IMessageForwarder>);

    private readonly Gathered<InboxEntry> _deleting = new(DeletedAtOnce, sent => DeleteAsync(database, sent));
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _isClosed;
    private int _count;

    /// <summary>Sends what was committed; what is too much to have in hand at once, or comes when this ends, is left to the sweep.</summary>
    public void Announce(IReadOnlyList<InboxEntry> sent)
    {
        foreach (var entry in sent)
        {
            if (_isClosed || Volatile.Read(ref _count) >= options.MaxInHand)
                return;
            if (!_inHand.TryAdd(Row.Of(entry), 0))
                continue;

            Interlocked.Increment(ref _count);
            _ = SendAsync(entry);
        }
    }

    public async ValueTask<DateTimeOffset?> OldestAsync(CancellationToken cancellationToken)
    {
        await using var unit = new PostgresUnit(database);
        return await unit.OldestOutgoingAsync(cancellationToken);
    }

    /// <summary>Ends the sweep, takes nothing more in hand, and waits for what is being sent while the host still waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _isClosed = true;
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
            // After a failure fewer, so that a broker which is away is not asked five hundred times.
            var limit = pause == options.SweepEvery ? SweptAtOnce : SweptInTrouble;
            var (found, trouble) = await TrySweepAsync(limit, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;
            if (trouble is not null)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                logger.LogWarning("Outgoing messages that stayed behind can't be sent yet: {Reason}", trouble.Message);
            }
            else
            {
                pause = options.SweepEvery;
            }

            if (found < SweptAtOnce)
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task DeleteAsync(PostgresDatabase database, IReadOnlyList<InboxEntry> sent)
    {
        var batch = new PostgresBatch();
        batch.DeleteOutgoing(sent);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    private async Task SendAsync(InboxEntry entry)
    {
        try
        {
            await ForwardAsync(entry, options.ForwardTimeout, _stopping.Token);
            await _deleting.AddAsync(entry);
        }
        catch (Exception exception)
        {
            // The row is still there: the sweep sends it.
            logger.LogDebug(exception, "Message {MessageId} is left to the sweep", entry.MessageId);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
            _inHand.TryRemove(Row.Of(entry), out _);
        }
    }

    private async Task ForwardAsync(InboxEntry entry, TimeSpan? limit, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        await _forwarder.Value.ForwardAsync(entry, deadline.Token);
    }

    /// <summary>Sweeps, and tells what is wrong rather than throw it.</summary>
    /// <returns>How many there were, and what is wrong if none could be sent.</returns>
    private async Task<(int Found, Exception? Trouble)> TrySweepAsync(int limit, CancellationToken stopping)
    {
        try
        {
            return await SweepAsync(limit, stopping);
        }
        catch (Exception exception)
        {
            return (0, exception);
        }
    }

    /// <summary>Sends what has waited for too long, the oldest first. The rows are locked meanwhile, so that nobody else sends them.</summary>
    private async Task<(int Found, Exception? Trouble)> SweepAsync(int limit, CancellationToken stopping)
    {
        var now = time.GetTimestamp();
        foreach (var row in _setAside.Where(row => row.Value <= now).Select(row => row.Key).ToList())
            _setAside.Remove(row);

        await using var unit = new PostgresUnit(database);
        var left = await unit.LeftBehindAsync(time.GetUtcNow() - options.LeftBehindAfter, limit, [.. _setAside.Keys], stopping);
        var own = left.FindAll(row => !_inHand.ContainsKey(Row.Of(row.Entry)));
        if (own.Count == 0)
            return (0, null);

        // Where a message is sent once it is consumed, one that takes long is waited for no longer than the others can wait.
        var sending = own.ConvertAll(row => ForwardAsync(row.Entry, options.ForwardTimeout ?? options.LeftBehindAfter, stopping));
        var all = Task.WhenAll(sending);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var sent = own.Where((_, index) => sending[index].IsCompletedSuccessfully).Select(row => row.Seq).ToHashSet();
        foreach (var row in own.Where(row => !sent.Contains(row.Seq)))
            _setAside[row.Seq] = now + (long)(SetAsideFor.TotalSeconds * time.TimestampFrequency);

        var batch = new PostgresBatch();
        batch.DeleteOutgoing(sent);
        await unit.ExecuteAsync(batch, CancellationToken.None);
        await unit.CommitAsync(CancellationToken.None);
        if (sent.Count == 0)
            return (0, all.Exception?.InnerException ?? new TimeoutException("It took too long."));
        if (sent.Count < own.Count)
            logger.LogWarning(all.Exception?.InnerException, "{Count} outgoing messages can't be sent, and are left out for a while", own.Count - sent.Count);
        return (left.Count, null);
    }

    /// <summary>Tells a row from others, as PostgreSQL keeps it: to the microsecond.</summary>
    private readonly record struct Row(Guid MessageId, string? Endpoint, long AcceptedAt)
    {
        public static Row Of(InboxEntry entry) => new(entry.MessageId, entry.Endpoint, entry.AcceptedAt.UtcTicks / TimeSpan.TicksPerMicrosecond);
    }
}

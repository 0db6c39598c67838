using System.Collections.Concurrent;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Progress;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// Messages that consumers and sagas sent, in the table `outgoing` of PostgreSQL. The process that committed a message sends it on at once,
/// from memory, and deletes its row once that is confirmed. What stays behind, because the broker was away or the process died, is swept up
/// by whoever comes first.
/// </summary>
internal sealed class PostgresOutgoing(
    PostgresDatabase database,
    IServiceProvider services,
    DeliveryOptions options,
    WorkWatch watch,
    TimeProvider time,
    ILogger<PostgresOutgoing> logger,
    Supervisor supervisor)
    : SupervisedService(supervisor, "outgoing-sweep"), IOutgoing
{
    private const int SweptAtOnce = 500;

    /// <summary>After a sweep of which nothing could be sent: a broker that is away is not asked five hundred times.</summary>
    private const int SweptInTrouble = 100;

    private const int DeletedAtOnce = 1_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Rows of this process that are being sent.</summary>
    private readonly ConcurrentDictionary<Row, byte> _inHand = new();

    /// <summary>Resolved late: it sends over the bus, whose endpoints are configured with what holds this.</summary>
    private readonly Lazy<IMessageForwarder> _forwarder = new(services.GetRequiredService<IMessageForwarder>);

    private readonly Gathered<InboxEntry> _deleting = new(DeletedAtOnce, sent => DeleteAsync(database, sent));
    private readonly WorkInHand _work = watch.Add("deliverer of outgoing messages");
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _isClosed;
    private int _count;

    /// <summary>How far the sweep is: it goes round, so that rows which can't be sent hold up none behind them.</summary>
    private long _sweptTo;

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
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        var (pauses, limit, hasSent) = (new Backoff(options.SweepEvery, LongestPause), SweptAtOnce, false);
        while (true)
        {
            var sweep = await TrySweepAsync(limit, stopping);
            stopping.ThrowIfCancellationRequested();
            if (sweep.Trouble is null)
                loop.Succeed();
            else
                loop.Fail(sweep.Trouble);

            limit = sweep.Trouble is null ? SweptAtOnce : SweptInTrouble;
            hasSent |= sweep.Trouble is null;
            if (sweep.EndsRound && hasSent)
            {
                pauses.Reset();
                hasSent = false;
            }

            if (sweep.EndsRound || sweep.Trouble is not null)
                await Task.Delay(sweep.EndsRound ? pauses.Take() : pauses.Next, time, stopping);
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
        _work.Take();
        try
        {
            await _forwarder.Value.ForwardAsync(entry, deadline.Token);
            _work.Move();
        }
        catch
        {
            // Its row is still there.
            _work.PutBack();
            throw;
        }
    }

    /// <summary>Sweeps, and tells what is wrong rather than throw it.</summary>
    private async Task<Sweep> TrySweepAsync(int limit, CancellationToken stopping)
    {
        try
        {
            return await SweepAsync(limit, stopping);
        }
        catch (Exception exception)
        {
            return new Sweep(EndsRound: true, exception);
        }
    }

    /// <summary>Sends what has waited for too long, the oldest first. The rows are locked meanwhile, so that nobody else sends them.</summary>
    private async Task<Sweep> SweepAsync(int limit, CancellationToken stopping)
    {
        await using var unit = new PostgresUnit(database);
        var left = await unit.LeftBehindAsync(time.GetUtcNow() - options.LeftBehindAfter, limit, _sweptTo, stopping);
        var endsRound = left.Count < limit;
        _sweptTo = endsRound ? 0 : left[^1].Seq;
        var own = left.FindAll(row => !_inHand.ContainsKey(Row.Of(row.Entry)));
        if (own.Count == 0)
            return new Sweep(endsRound, null);

        // Where a message is sent once it is consumed, one that takes long is waited for no longer than the others can wait.
        var sending = own.ConvertAll(row => ForwardAsync(row.Entry, options.ForwardTimeout ?? options.LeftBehindAfter, stopping));
        var all = Task.WhenAll(sending);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var sent = own.Where((_, index) => sending[index].IsCompletedSuccessfully).Select(row => row.Seq).ToList();
        if (sent.Count == 0)
            return new Sweep(endsRound, all.Exception?.InnerException ?? new TimeoutException("It took too long."));

        var batch = new PostgresBatch();
        batch.DeleteOutgoing(sent);
        await unit.ExecuteAsync(batch, CancellationToken.None);
        await unit.CommitAsync(CancellationToken.None);
        if (sent.Count < own.Count)
            logger.LogWarning(all.Exception?.InnerException, "{Count} outgoing messages can't be sent, and are tried again later", own.Count - sent.Count);
        return new Sweep(endsRound, null);
    }

    /// <summary>What a sweep came to.</summary>
    /// <param name="EndsRound">Whether it was the last one of a round through the rows.</param>
    /// <param name="Trouble">What is wrong, if there was something to send and none of it could be sent.</param>
    private readonly record struct Sweep(bool EndsRound, Exception? Trouble);

    /// <summary>Tells a row from others, as PostgreSQL keeps it: to the microsecond.</summary>
    private readonly record struct Row(Guid MessageId, string? Endpoint, long AcceptedAt)
    {
        public static Row Of(InboxEntry entry) => new(entry.MessageId, entry.Endpoint, entry.AcceptedAt.UtcTicks / TimeSpan.TicksPerMicrosecond);
    }
}

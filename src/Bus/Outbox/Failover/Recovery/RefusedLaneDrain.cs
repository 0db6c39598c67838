using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>
/// While the lane's server is refused for its settings, which only an operator can change, what is parked goes to the bus past the lane: it would wait for
/// days otherwise, and the bus is there. A server that is away is waited for, as that is soon over.
/// </summary>
internal sealed class RefusedLaneDrain(
    IPrimaryLane lane,
    IMessageForwarder forwarder,
    LaneBreaker breaker,
    SqliteInbox inbox,
    InboxDatabase database,
    RowMerger merger,
    FailoverSessions sessions,
    TimeProvider time,
    Supervisor supervisor) : SupervisedService(supervisor, "refused-lane-drain")
{
    private const int RowsAtOnce = 1_000;
    private const int BytesAtOnce = 4 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>A message that is not taken in this time stays parked, and is sent again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Interval, async ending =>
    {
        while (IsWanted && await DrainAsync(ending))
            loop.Succeed();
    }, stopping);

    private bool IsWanted => lane.Refusal is not null && breaker.Circuit != Circuit.Closed && !breaker.IsIsolated && inbox.Status.Messages > 0;

    /// <summary>Brings the oldest rows to the bus.</summary>
    /// <returns>Whether any went; false: there are none.</returns>
    /// <exception cref="Exception">None of them went: why the first did not.</exception>
    private async Task<bool> DrainAsync(CancellationToken stopping)
    {
        List<InboxMessage> rows;
        using (var parked = new ParkedRows(database))
            rows = parked.Read(RowsAtOnce, BytesAtOnce);
        var messages = merger.Merge(rows, static _ => false);
        var failures = await Task.WhenAll(messages.Select(message => TrySendAsync(message, stopping)));
        List<ConsumedRow> done =
            [.. messages.Where((_, i) => failures[i] is null).SelectMany(message => message.Rows).Select(row => new ConsumedRow(row.Seq, row.Records, row.Body.Length, row.MessageType))];
        if (done.Count == 0)
            return failures.Length > 0 ? throw failures[0]! : false;

        await inbox.RemoveAsync(done, CancellationToken.None);
        sessions.Drained((int)done.Sum(row => row.Records));
        return true;
    }

    /// <summary>Sends one, as long as it may take.</summary>
    /// <returns>Why the message stays parked; null: it went.</returns>
    private async Task<Exception?> TrySendAsync(ParkedMessage message, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await forwarder.ForwardAsync(message.Entry, deadline.Token);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}

using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>
/// Sends what is parked to the lane, the oldest first and much at once, and removes a row only when the lane has confirmed it. After a
/// crash in between it is sent again: its mark drops it, or, among other rows than before, its records' natural keys do.
/// </summary>
internal sealed class RecoveryDrain(
    IPrimaryLane lane,
    LaneBreaker breaker,
    SqliteInbox inbox,
    InboxDatabase database,
    RowMerger merger,
    FailoverSessions sessions,
    RecoveryOptions options,
    TimeProvider time,
    ILogger<RecoveryDrain> logger) : IDisposable
{
    /// <summary>So many reads, of so many bytes, are in memory at once.</summary>
    private const int ReadsAtOnce = 4;
    private const int BytesPerRead = 2 << 20;
    private const int MessagesAtOnce = 64;

    private readonly RowTroubles _troubles = new(time);
    private readonly SemaphoreSlim _messages = new(MessagesAtOnce, MessagesAtOnce);
    private volatile bool _halted;

    /// <summary>Rows that stay for a reason of their own.</summary>
    public int SetAside => _troubles.SetAside;

    /// <summary>Sends until nothing is parked, or something can't be sent.</summary>
    /// <param name="stopping">Ends the reading; what is under way is finished, or runs into its deadline.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        _halted = false;
        using var parked = new ParkedRows(database);
        var sending = new List<Task>();
        try
        {
            while (!_halted && !stopping.IsCancellationRequested && breaker.Circuit == Circuit.Closed)
            {
                sending.RemoveAll(task => task.IsCompletedSuccessfully);
                if (sending.Count == ReadsAtOnce)
                {
                    await Task.WhenAny(sending);
                    continue;
                }

                var rows = parked.Read(options.ChunkSize, BytesPerRead);
                if (rows.Count == 0)
                    break;
                await StartAsync(rows, sending, stopping);
            }
        }
        finally
        {
            await Task.WhenAll(sending);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _messages.Dispose();

    private async Task StartAsync(List<InboxMessage> rows, List<Task> sending, CancellationToken stopping)
    {
        // After a failure one thing at a time may try the lane; the first message to be confirmed opens the way for the others.
        var oneFirst = breaker.Failures > 0;
        var round = SendAsync(rows, oneFirst);
        sending.Add(round);
        if (oneFirst || options.Cooldown > TimeSpan.Zero)
            await round;
        if (options.Cooldown > TimeSpan.Zero)
            await Task.Delay(options.Cooldown, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(List<InboxMessage> rows, bool oneFirst)
    {
        var messages = merger.Merge(rows.Where(row => !_troubles.IsSetAside(row)), _troubles.TravelsAlone);
        var sending = new List<Task<bool>>(messages.Count);
        foreach (var message in messages)
        {
            await _messages.WaitAsync();
            sending.Add(SendAsync(message));
            if (oneFirst && sending.Count == 1)
                await sending[0];
        }

        var sent = await Task.WhenAll(sending);
        await RemoveAsync([.. messages.Where((_, i) => sent[i]).SelectMany(message => message.Rows)]);
    }

    /// <summary>Tells whether it is durable on the lane.</summary>
    private async Task<bool> SendAsync(ParkedMessage message)
    {
        try
        {
            if (_halted)
                return false;

            Exception? refusal = null;
            var attempt = await breaker.TryAsync(ForwardAsync, options.PublishTimeout);
            if (attempt.Confirmed && refusal is null)
            {
                _troubles.Sent(message.Rows);
                sessions.Drained(message.Entry.Records);
                return true;
            }

            if (refusal is not null)
                logger.LogError(refusal, "Message {MessageId} {Type} can't be read; it stays in the inbox", message.Entry.MessageId, message.Entry.MessageType);
            else
                _halted = true;
            if (refusal is not null || attempt.Failure is not null)
                _troubles.Failed(message.Rows, unreadable: refusal is not null);
            return false;

            async Task ForwardAsync(CancellationToken deadline)
            {
                try
                {
                    await lane.ForwardAsync(message.Entry, deadline);
                }
                catch (Exception exception) when (RowTroubles.IsOfMessage(exception))
                {
                    // Nothing against the lane.
                    refusal = exception;
                }
            }
        }
        finally
        {
            _messages.Release();
        }
    }

    private async Task RemoveAsync(List<InboxMessage> rows)
    {
        if (rows.Count == 0)
            return;

        try
        {
            await inbox.RemoveAsync([.. rows.Select(row => new ConsumedRow(row.Seq, row.Records, row.Body.Length, row.MessageType))], CancellationToken.None);
        }
        catch (StorageUnavailableException exception)
        {
            _halted = true;
            logger.LogWarning("Rows that were sent can't be removed, and will be sent again: {Reason}", exception.Message);
        }
    }
}

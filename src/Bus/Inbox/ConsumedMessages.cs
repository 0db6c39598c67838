using System.Threading.Channels;
using BusIngest.Bus.Supervision;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Inbox;

/// <summary>
/// Removes a message from its queue once every endpoint that it is for has settled it. Until then its row stays, so a crash
/// delivers it again to all of them; those that had it already drop the repeat by its mark.
/// </summary>
internal sealed class ConsumedMessages(SqliteQueue queue, SubscriptionMap subscriptions, TimeProvider time)
{
    private const int MaxBatch = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Nobody waits for a removal, so they are gathered: at a low rate that saves every third fsync.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _left = [];
    private readonly TaskCompletionSource _completing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ConsumedRow> _consumed =
        Channel.CreateBounded<ConsumedRow>(new BoundedChannelOptions(MaxBatch * 4) { SingleReader = true });

    /// <summary>Notes that one endpoint has settled a message; waits while removals are behind.</summary>
    public ValueTask SettleAsync(InboxMessage message, CancellationToken cancellationToken) =>
        IsLast(message)
            ? _consumed.Writer.WriteAsync(new ConsumedRow(message.Seq, message.Records, message.Body.Length, message.MessageType), cancellationToken)
            : ValueTask.CompletedTask;

    /// <summary>Removes until stopped, many rows in one commit.</summary>
    /// <param name="loop">Told when it gets on.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        var rows = new List<ConsumedRow>();
        while (await _consumed.Reader.WaitToReadAsync(stopping))
        {
            await Task.WhenAny(Task.Delay(Gathering, time, stopping), _completing.Task);
            while (rows.Count < MaxBatch && _consumed.Reader.TryRead(out var row))
                rows.Add(row);
            await RemoveAsync(rows, loop, stopping);
            rows.Clear();
        }
    }

    /// <summary>Lets <see cref="RunAsync"/> end once it has removed what is settled.</summary>
    public void Complete()
    {
        _completing.TrySetResult();
        _consumed.Writer.TryComplete();
    }

    private bool IsLast(InboxMessage message)
    {
        var subscribers = message.Endpoint is null ? subscriptions.Subscribers(message.MessageType) : 1;
        if (subscribers == 1)
            return true;

        lock (_gate)
        {
            var left = _left.GetValueOrDefault(message.Seq, subscribers) - 1;
            if (left > 0)
                _left[message.Seq] = left;
            else
                _left.Remove(message.Seq);
            return left == 0;
        }
    }

    private async Task RemoveAsync(List<ConsumedRow> rows, BackgroundLoop loop, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await loop.DoAsync(() => queue.RemoveAsync(rows, stopping));
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // Not left to the supervisor: the rows are known here alone.
                loop.Fail(exception);
                await Task.Delay(Pause, time, stopping);
            }
        }
    }
}

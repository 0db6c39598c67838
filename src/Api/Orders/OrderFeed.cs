using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Orders;

/// <summary>Tells listeners how the last run is, whenever that changes. One for all of them looks, and only while somebody listens.</summary>
internal sealed class OrderFeed(OrdersReader reader, TimeProvider time, ILogger<OrderFeed> logger)
{
    /// <summary>At most 4 a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<Channel<OrderSnapshot>> _listeners = [];
    private bool _looks;

    /// <summary>How the run is now, and then each change of it. A listener who is slow misses what is overtaken.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public async IAsyncEnumerable<OrderSnapshot> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<OrderSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        // Before the first look, so that no change falls in between.
        Join(changes);
        try
        {
            var seen = await reader.SnapshotAsync(cancellationToken);
            yield return seen;
            while (true)
            {
                await Task.Delay(Pause, time, cancellationToken);
                var next = await changes.Reader.ReadAsync(cancellationToken);
                if (next == seen)
                    continue;
                seen = next;
                yield return seen;
            }
        }
        finally
        {
            Leave(changes);
        }
    }

    private void Join(Channel<OrderSnapshot> changes)
    {
        lock (_gate)
        {
            _listeners.Add(changes);
            if (_looks)
                return;
            _looks = true;
        }

        _ = LookAsync();
    }

    private void Leave(Channel<OrderSnapshot> changes)
    {
        lock (_gate)
            _listeners.Remove(changes);
    }

    private async Task LookAsync()
    {
        OrderSnapshot? seen = null;
        while (GoesOn())
        {
            // No token: it ends with its last listener, and those end with the host.
            await Task.Delay(Pause, time, CancellationToken.None);
            try
            {
                var run = await reader.SnapshotAsync(CancellationToken.None);
                if (run != seen)
                    Tell(run);
                seen = run;
            }
            catch (Exception exception)
            {
                // The database is away, or the host is at its end; the next look tells.
                logger.LogDebug(exception, "How the orders are can't be told now");
            }
        }
    }

    private bool GoesOn()
    {
        lock (_gate)
        {
            _looks = _listeners.Count > 0;
            return _looks;
        }
    }

    private void Tell(OrderSnapshot run)
    {
        lock (_gate)
        {
            foreach (var listener in _listeners)
                listener.Writer.TryWrite(run);
        }
    }
}

using BusIngest.Bus.Progress;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>
/// Brings a queue's messages to one endpoint, in the order of acceptance, with a bounded number in flight. The endpoint may
/// finish them in another order: as many run at once as its concurrency allows, and one that is tried again falls behind.
/// An endpoint that is stuck holds up no other, as each has its own pump.
/// </summary>
internal sealed class EndpointPump(
    string endpoint,
    InboxReader reader,
    Pulse appended,
    IEndpointDelivery delivery,
    ConsumedMessages consumed,
    int maxInFlight,
    WorkWatch watch,
    TimeProvider time,
    ILogger<EndpointPump> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly WorkInHand _work = watch.Add($"pump to {endpoint}");
    private readonly SemaphoreSlim _slots = new(maxInFlight, maxInFlight);

    /// <summary>Whether it brings messages to the endpoint of this name.</summary>
    public bool IsFor(string name) => string.Equals(endpoint, name, StringComparison.Ordinal);

    /// <summary>What the pump is called among the loops.</summary>
    public string Name => $"inbox-pump {endpoint}";

    /// <summary>Pumps until stopped.</summary>
    /// <param name="loop">Told when it gets on.</param>
    /// <param name="stopping">Ends the intake.</param>
    /// <param name="aborting">Ends the waits for what is in flight.</param>
    public async Task RunAsync(BackgroundLoop loop, CancellationToken stopping, CancellationToken aborting)
    {
        while (true)
        {
            var next = appended.Next;
            await _slots.WaitAsync(stopping);
            var slots = 1 + TakeFreeSlots();
            var taken = 0;
            try
            {
                foreach (var message in reader.Read(slots))
                {
                    taken++;
                    _work.Take();
                    _ = DeliverAsync(message, aborting);
                }
            }
            finally
            {
                if (taken < slots)
                    _slots.Release(slots - taken);
            }

            loop.Succeed();
            if (taken < slots)
                await next.WaitAsync(stopping);
        }
    }

    /// <summary>Completes when nothing is in flight.</summary>
    public async Task DrainAsync(CancellationToken aborting)
    {
        for (var slot = 0; slot < maxInFlight; slot++)
            await _slots.WaitAsync(aborting);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        reader.Dispose();
        _slots.Dispose();
    }

    private int TakeFreeSlots()
    {
        var taken = 0;
        while (_slots.Wait(TimeSpan.Zero))
            taken++;
        return taken;
    }

    private async Task DeliverAsync(InboxMessage message, CancellationToken aborting)
    {
        try
        {
            await DeliverUntilSettledAsync(message, aborting);
            await consumed.SettleAsync(message, aborting);
            _work.Move();
            _slots.Release();
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // The row stays; the next start delivers it again.
        }
    }

    private async Task DeliverUntilSettledAsync(InboxMessage message, CancellationToken aborting)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        while (!await TryDeliverAsync(message, aborting))
        {
            logger.LogWarning("{Endpoint} can't take message {MessageId} now; trying again in {Pause}", endpoint, message.MessageId, pauses.Next);
            await Task.Delay(pauses.Take(), time, aborting);
        }
    }

    private async Task<bool> TryDeliverAsync(InboxMessage message, CancellationToken aborting)
    {
        try
        {
            return await delivery.DeliverAsync(message, endpoint, aborting);
        }
        catch (Exception exception) when (!aborting.IsCancellationRequested)
        {
            logger.LogError(exception, "Message {MessageId} could not be handed to {Endpoint}", message.MessageId, endpoint);
            return false;
        }
    }
}

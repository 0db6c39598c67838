using BusIngest.Bus.Storage;
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
    TimeProvider time,
    ILogger<EndpointPump> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _slots = new(maxInFlight, maxInFlight);

    /// <summary>Whether it brings messages to the endpoint of this name.</summary>
    public bool IsFor(string name) => string.Equals(endpoint, name, StringComparison.Ordinal);

    /// <summary>Pumps until stopped.</summary>
    /// <param name="stopping">Ends the intake.</param>
    /// <param name="aborting">Ends the waits for what is in flight.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborting)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await PumpAsync(stopping, aborting);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SqliteFailureException exception)
            {
                logger.LogWarning(exception, "Messages can't be read for {Endpoint}; trying again", endpoint);
                await Task.Delay(LongestPause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
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

    private async Task PumpAsync(CancellationToken stopping, CancellationToken aborting)
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
                    _ = DeliverAsync(message, aborting);
                }
            }
            finally
            {
                if (taken < slots)
                    _slots.Release(slots - taken);
            }

            if (taken < slots)
                await next.WaitAsync(stopping);
        }
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
            _slots.Release();
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // The row stays; the next start delivers it again.
        }
        catch (Exception exception)
        {
            // The slot stays taken and the row stays: better one message that waits for a restart than one that is lost.
            logger.LogError(exception, "Message {MessageId} could not be handed to {Endpoint}", message.MessageId, endpoint);
        }
    }

    private async Task DeliverUntilSettledAsync(InboxMessage message, CancellationToken aborting)
    {
        var pause = FirstPause;
        while (!await delivery.DeliverAsync(message, endpoint, aborting))
        {
            logger.LogWarning("{Endpoint} can't take message {MessageId} now; trying again in {Pause}", endpoint, message.MessageId, pause);
            await Task.Delay(pause, time, aborting);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>Pumps what was accepted from outside, and what consumers sent, for as long as the bus is up.</summary>
internal sealed class InboxPump(IServiceProvider services, IReadOnlyList<SqliteQueue> queues, ILogger<InboxPump> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly List<QueuePump> _pumps = [];

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in queues)
        {
            var pump = ActivatorUtilities.CreateInstance<QueuePump>(services, queue);
            _pumps.Add(pump);
            pump.Start(_stopping.Token, _aborting.Token);
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes in no more, and finishes what is in flight while the host still waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await Task.WhenAll(_pumps.Select(pump => pump.DrainAsync(cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Messages are still in hand; the next start delivers them again");
        }

        await _aborting.CancelAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var pump in _pumps)
            pump.Dispose();
        _stopping.Dispose();
        _aborting.Dispose();
    }
}

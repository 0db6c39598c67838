using BusIngest.Bus.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>Runs a pump for every endpoint of the in-process bus, for as long as the bus is up.</summary>
internal sealed class InboxPump(
    IServiceProvider services,
    SubscriptionMap subscriptions,
    ConsumedMessages consumed,
    InboxDatabase database,
    ILogger<InboxPump> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly List<EndpointPump> _pumps = [];
    private readonly List<Task> _running = [];
    private Task _removing = Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (endpoint, types) in subscriptions.Endpoints)
        {
            var pump = ActivatorUtilities.CreateInstance<EndpointPump>(services, endpoint, new InboxReader(database, endpoint, types));
            _pumps.Add(pump);
            _running.Add(Task.Run(() => pump.RunAsync(_stopping.Token, _aborting.Token), CancellationToken.None));
        }

        WarnOfOrphans();
        _removing = Task.Run(() => consumed.RunAsync(_aborting.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes in no more, and finishes what is in flight while the host still waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await Task.WhenAll(_running).WaitAsync(cancellationToken);
            await Task.WhenAll(_pumps.Select(pump => pump.DrainAsync(cancellationToken)));
            consumed.Complete();
            await _removing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Messages are still in hand; the next start delivers them again");
        }

        await _aborting.CancelAsync();
    }

    /// <summary>Messages of an earlier version that nobody here consumes would wait in silence.</summary>
    private void WarnOfOrphans()
    {
        using var reader = database.OpenReader();
        var waiting = reader.Statement("SELECT message_type, endpoint, count(*) FROM inbox GROUP BY message_type, endpoint");
        while (waiting.Read())
        {
            var (type, endpoint) = (waiting.Text(0)!, waiting.Text(1));
            var isConsumed = endpoint is null ? subscriptions.Subscribers(type) > 0 : _pumps.Exists(pump => pump.IsFor(endpoint));
            if (!isConsumed)
                logger.LogWarning("{Count} messages {Type} wait for {Endpoint}, which this process does not have", waiting.Number(2), type, endpoint ?? "a consumer");
        }
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

using BusIngest.Bus.Supervision;
using BusIngest.Bus.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>Brings the messages of one queue to every endpoint of the in-process bus, and removes what they have consumed.</summary>
internal sealed class QueuePump : IDisposable
{
    private readonly SqliteQueue _queue;
    private readonly SubscriptionMap _subscriptions;
    private readonly Supervisor _supervisor;
    private readonly ILogger<QueuePump> _logger;
    private readonly ConsumedMessages _consumed;
    private readonly List<EndpointPump> _pumps = [];
    private readonly List<Task> _running = [];
    private Task _removing = Task.CompletedTask;

    public QueuePump(
        IServiceProvider services, SqliteQueue queue, SubscriptionMap subscriptions, IEnumerable<InFlightLimit> limits, InboxOptions options, Supervisor supervisor,
        ILogger<QueuePump> logger)
    {
        _queue = queue;
        _subscriptions = subscriptions;
        _supervisor = supervisor;
        _logger = logger;
        _consumed = ActivatorUtilities.CreateInstance<ConsumedMessages>(services, queue);
        var inFlight = limits.ToDictionary(limit => limit.Endpoint, limit => limit.Messages, StringComparer.Ordinal);
        foreach (var (endpoint, types) in subscriptions.Endpoints)
        {
            _pumps.Add(ActivatorUtilities.CreateInstance<EndpointPump>(
                services, endpoint, queue.OpenReader(endpoint, types), queue.Listen(endpoint, types), _consumed, inFlight.GetValueOrDefault(endpoint, options.MaxInFlight)));
        }
    }

    /// <summary>Starts.</summary>
    /// <param name="stopping">Ends the intake.</param>
    /// <param name="aborting">Ends the waits for what is in flight.</param>
    public void Start(CancellationToken stopping, CancellationToken aborting)
    {
        foreach (var pump in _pumps)
            _running.Add(Task.Run(() => _supervisor.RunAsync(pump.Name, (loop, ending) => pump.RunAsync(loop, ending, aborting), stopping), CancellationToken.None));
        _removing = Task.Run(() => _supervisor.RunAsync("inbox-removal", _consumed.RunAsync, aborting), CancellationToken.None);
        WarnOfOrphans();
    }

    /// <summary>Completes when the intake has ended, and what was in flight is settled and removed.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_running).WaitAsync(cancellationToken);
        await Task.WhenAll(_pumps.Select(pump => pump.DrainAsync(cancellationToken)));
        _consumed.Complete();
        await _removing.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var pump in _pumps)
            pump.Dispose();
    }

    /// <summary>Messages of an earlier version that nobody here consumes would wait in silence.</summary>
    private void WarnOfOrphans()
    {
        foreach (var (type, endpoint, count) in _queue.Waiting())
        {
            var isConsumed = endpoint is null ? _subscriptions.Subscribers(type) > 0 : _pumps.Exists(pump => pump.IsFor(endpoint));
            if (!isConsumed)
                _logger.LogWarning("{Count} messages {Type} wait for {Endpoint}, which this process does not have", count, type, endpoint ?? "a consumer");
        }
    }
}

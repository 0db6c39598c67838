using System.Collections.Concurrent;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>Hands a message on to the endpoints of this process. Nothing between here and them is durable, so it is only done when all have settled it.</summary>
internal sealed class InProcessForwarder(
    InProcessDelivery delivery, SubscriptionMap subscriptions, FailedMessages failures, TimeProvider time, ILogger<InProcessForwarder> logger)
    : IMessageForwarder, IDisposable
{
    private const string Nobody = "nobody";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _aborting = new();
    private readonly ConcurrentDictionary<(Guid MessageId, string? Endpoint), Lazy<Task>> _inHand = new();

    /// <inheritdoc />
    public async Task ForwardAsync(InboxEntry entry, CancellationToken deadline)
    {
        // A message whose deadline has come is still with its consumers; sent again, it waits for the same outcome.
        var key = (entry.MessageId, entry.Endpoint);
        var settled = _inHand.GetOrAdd(key, _ => new Lazy<Task>(() => DeliverAsync(entry)));
        try
        {
            await settled.Value.WaitAsync(deadline);
        }
        finally
        {
            if (settled.Value.IsCompleted)
                _inHand.TryRemove(KeyValuePair.Create(key, settled));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // The container knows it by two names.
        if (_aborting.IsCancellationRequested)
            return;
        _aborting.Cancel();
        _aborting.Dispose();
    }

    private Task DeliverAsync(InboxEntry entry)
    {
        var message = new InboxMessage
        {
            MessageId = entry.MessageId,
            MessageType = entry.MessageType,
            Endpoint = entry.Endpoint,
            Records = entry.Records,
            ContentType = entry.ContentType,
            AcceptedAt = entry.AcceptedAt,
            Body = entry.Body.ToArray(),
            Trace = entry.Trace,
        };
        List<string> endpoints = entry.Endpoint is { } only
            ? [only]
            : [.. subscriptions.Endpoints.Where(known => known.MessageTypes.Contains(entry.MessageType, StringComparer.Ordinal)).Select(known => known.Endpoint)];
        return endpoints.Count == 0
            ? failures.KeepAsync(message, Nobody, new InvalidOperationException($"{entry.MessageType} is consumed by nobody in this process."))
            : Task.WhenAll(endpoints.Select(endpoint => DeliverAsync(message, endpoint, _aborting.Token)));
    }

    private async Task DeliverAsync(InboxMessage message, string endpoint, CancellationToken aborting)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        while (!await delivery.DeliverAsync(message, endpoint, aborting))
        {
            logger.LogWarning("{Endpoint} can't take message {MessageId} now; trying again in {Pause}", endpoint, message.MessageId, pauses.Next);
            await Task.Delay(pauses.Take(), time, aborting);
        }
    }
}

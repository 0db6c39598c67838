using System.Collections.Concurrent;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
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
    private readonly ConcurrentDictionary<(Guid MessageId, string? Endpoint), Handover> _inHand = new();

    /// <inheritdoc />
    public async Task ForwardAsync(InboxEntry entry, CancellationToken deadline)
    {
        // A message whose deadline has come is still with its consumers; sent again, it waits for the same outcome.
        var key = (entry.MessageId, entry.Endpoint);
        var handover = _inHand.GetOrAdd(key, _ => new Handover(self => DeliverAsync(entry, self)));
        try
        {
            await handover.Settled.WaitAsync(deadline);
        }
        catch (OperationCanceledException exception) when (handover.Refusal is { } refusal && !handover.Settled.IsCompleted)
        {
            throw new StorageUnavailableException(refusal, exception);
        }
        finally
        {
            if (handover.Settled.IsCompleted)
                _inHand.TryRemove(KeyValuePair.Create(key, handover));
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

    private Task DeliverAsync(InboxEntry entry, Handover handover)
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
        // A queue that nobody reads would keep it for ever.
        if (entry.Endpoint is { } named && !subscriptions.HasEndpoint(named))
            return failures.KeepAsync(message, named, new InvalidOperationException($"There is no endpoint {named} in this process."));
        List<string> endpoints = entry.Endpoint is { } only
            ? [only]
            : [.. subscriptions.Endpoints.Where(known => known.MessageTypes.Contains(entry.MessageType, StringComparer.Ordinal)).Select(known => known.Endpoint)];
        return endpoints.Count == 0
            ? failures.KeepAsync(message, Nobody, new InvalidOperationException($"{entry.MessageType} is consumed by nobody in this process."))
            : Task.WhenAll(endpoints.Select(endpoint => DeliverAsync(message, endpoint, handover, _aborting.Token)));
    }

    private async Task DeliverAsync(InboxMessage message, string endpoint, Handover handover, CancellationToken aborting)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        while (!await delivery.DeliverAsync(message, endpoint, aborting))
        {
            logger.LogWarning("{Endpoint} can't take message {MessageId} now; trying again in {Pause}", endpoint, message.MessageId, pauses.Next);
            handover.Refusal = $"{endpoint} can't take the message now.";
            await Task.Delay(pauses.Take(), time, aborting);
        }

        handover.Refusal = null;
    }

    /// <summary>A message that is with its endpoints.</summary>
    private sealed class Handover
    {
        private readonly Lazy<Task> _settled;

        public Handover(Func<Handover, Task> deliver) => _settled = new Lazy<Task>(() => deliver(this));

        /// <summary>Completes when all have settled it.</summary>
        public Task Settled => _settled.Value;

        /// <summary>Why one of them does not take it now, for want of what it needs; null when all have it in hand.</summary>
        public string? Refusal { get; set; }
    }
}

using BusIngest.Workers.Net;

namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>
/// Stands before all receivers: puts off what a breaker or the lack of a place keeps from being made now, so that a bad receiver delays nobody else. Of the
/// receivers that are idle only the last ones are remembered, those that answer apart from the others.
/// </summary>
internal sealed class HostGates(WebhookOptions options, HostAddresses addresses, TimeProvider time) : IDisposable
{
    /// <summary>How many idle receivers of each kind are remembered.</summary>
    internal const int MaxIdle = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Receiver> _receivers = new(StringComparer.Ordinal);
    private readonly LinkedList<Receiver> _idle = new();
    private readonly LinkedList<Receiver> _idleSilent = new();
    private readonly CallPlaces _places = new(options, time);

    /// <summary>How many receivers are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _receivers.Count;
        }
    }

    /// <summary>Makes a call, or says for how long to put it off.</summary>
    /// <param name="url">What is called.</param>
    /// <param name="overdue">Whether breakers have put it off for long enough, and are not asked.</param>
    /// <param name="call">Makes the call; completes as soon as its outcome is known.</param>
    /// <param name="cancellationToken">Ends the wait, and the call.</param>
    /// <returns>The call's outcome, or <see cref="WebhookResult.Deferred"/>.</returns>
    public async Task<WebhookOutcome> RunAsync(
        Uri url, bool overdue, Func<CancellationToken, Task<WebhookOutcome>> call, CancellationToken cancellationToken)
    {
        var host = HostName.Of(url)!;
        var receiver = Borrow($"{host}:{url.Port}");
        try
        {
            if (!receiver.TryEnter(url.AbsolutePath, out var wait) && !overdue)
                return PutOff(receiver, DeferralReason.CircuitOpen, wait);
            return await CallAsync(receiver, url.AbsolutePath, addresses.Of(host), call, cancellationToken);
        }
        finally
        {
            Return(receiver);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task<WebhookOutcome> CallAsync(
        Receiver receiver, string path, string address, Func<CancellationToken, Task<WebhookOutcome>> call, CancellationToken cancellationToken)
    {
        CallPlace? place = null;
        WebhookOutcome? outcome = null;
        try
        {
            place = await _places.EnterAsync(receiver, address, cancellationToken);
            return place is null ? PutOff(receiver, DeferralReason.Busy, Deferral.Shortest) : outcome = await call(cancellationToken);
        }
        finally
        {
            receiver.Note(path, outcome);
            if (place is not null)
                _places.Leave(place, HasAnswered(outcome));
        }
    }

    private static bool? HasAnswered(WebhookOutcome? outcome) => outcome switch
    {
        null or { StatusCode: null, Fault: WebhookFault.None } => null,
        _ => outcome.StatusCode is not null,
    };

    private WebhookOutcome PutOff(Receiver receiver, DeferralReason reason, TimeSpan least) => new()
    {
        Result = WebhookResult.Deferred,
        StartedAt = time.GetUtcNow(),
        DeferredBecause = reason,
        DeferredFor = _places.PutOff(receiver, least > Deferral.Shortest ? least : Deferral.Shortest),
    };

    private Receiver Borrow(string host)
    {
        lock (_lock)
        {
            if (!_receivers.TryGetValue(host, out var receiver))
                _receivers[host] = receiver = new Receiver(host, options.Breaker, time);
            else if (receiver.Users == 0)
                receiver.Idle.List!.Remove(receiver.Idle);
            receiver.Users++;
            return receiver;
        }
    }

    private void Return(Receiver receiver)
    {
        lock (_lock)
        {
            if (--receiver.Users > 0)
                return;

            var idle = receiver.Standing == ReceiverStanding.Answers ? _idle : _idleSilent;
            idle.AddLast(receiver.Idle);
            if (idle.Count <= MaxIdle)
                return;

            _receivers.Remove(idle.First!.Value.Host);
            idle.RemoveFirst();
        }
    }
}

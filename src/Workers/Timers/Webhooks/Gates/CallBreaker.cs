namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>
/// Tells when calls that keep failing are better put off: after some failures in a row it opens, and after a while lets one call through, whose outcome closes
/// it or opens it again.
/// </summary>
internal sealed class CallBreaker(WebhookBreakerOptions options, TimeProvider time)
{
    /// <summary>How soon to ask again while the one call that was let through is under way.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _openUntil;
    private bool _isTrying;

    /// <summary>Asks whether a call may be made; if so, <see cref="Note"/> is to be told what came of it.</summary>
    /// <param name="wait">When not: for how long not.</param>
    public bool TryEnter(out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = TimeSpan.Zero;
            if (_failures < options.Failures)
                return true;
            if (_openUntil - time.GetUtcNow() is { Ticks: > 0 } left)
                wait = left;
            else if (_isTrying)
                wait = Soon;
            else
                _isTrying = true;
            return wait == TimeSpan.Zero;
        }
    }

    /// <summary>Learns what came of a call.</summary>
    /// <param name="failed">Null: nothing that says anything.</param>
    /// <returns>Whether there is no failure to remember.</returns>
    public bool Note(bool? failed)
    {
        lock (_gate)
        {
            _isTrying = false;
            var now = time.GetUtcNow();
            if (failed == false)
                _failures = 0;
            else if (failed == true && _failures < options.Failures)
                _failures++;
            // Calls that were under way when it opened tell nothing new.
            if (failed == true && _failures == options.Failures && now >= _openUntil)
                _openUntil = now + options.Break;
            return _failures == 0;
        }
    }
}

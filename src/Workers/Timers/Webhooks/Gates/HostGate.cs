namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>Stands before one host: so many attempts at a time, and none while its breaker is open.</summary>
internal sealed class HostGate : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly HostBreaker _breaker;
    private volatile bool _stuck;

    /// <summary>Makes the gate of a host, which has nobody at it.</summary>
    /// <param name="host">The host, with its port.</param>
    /// <param name="options">How many at a time, and when the breaker opens.</param>
    /// <param name="time">The clock.</param>
    public HostGate(string host, WebhookOptions options, TimeProvider time)
    {
        Host = host;
        Idle = new LinkedListNode<HostGate>(this);
        _options = options;
        _time = time;
        _slots = new SemaphoreSlim(options.MaxConcurrencyPerHost);
        _breaker = new HostBreaker(options.Breaker, time);
    }

    /// <summary>The host, with its port.</summary>
    public string Host { get; }

    /// <summary>How many are at the gate or behind it; kept by <see cref="HostGates"/>.</summary>
    public int Users { get; set; }

    /// <summary>Its place among the idle ones.</summary>
    public LinkedListNode<HostGate> Idle { get; }

    /// <summary>Makes an attempt once there is room.</summary>
    /// <returns>Its outcome, or that the host is busy, or a failure because of the open breaker, without an attempt.</returns>
    public async Task<WebhookOutcome> RunAsync(Func<CancellationToken, Task<WebhookOutcome>> attempt, CancellationToken cancellationToken)
    {
        if (_breaker.OpenFor > TimeSpan.Zero)
            return Open();
        if (!await TryEnterAsync(cancellationToken))
            return new WebhookOutcome { Result = WebhookResult.Busy, StartedAt = _time.GetUtcNow() };

        try
        {
            return await _breaker.RunAsync(attempt, cancellationToken) ?? Open();
        }
        finally
        {
            _stuck = false;
            _slots.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _slots.Dispose();

    private async Task<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (await _slots.WaitAsync(TimeSpan.Zero, cancellationToken))
            return true;
        // Somebody has waited in vain and nobody has left since: waiting would only keep a consumer from other hosts.
        if (_stuck)
            return false;

        using var limit = new CancellationTokenSource(LongestWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _stuck = true;
            return false;
        }
    }

    private WebhookOutcome Open()
    {
        var next = _breaker.OpenFor is { TotalSeconds: > 0 and var seconds } ? $"next try in {Math.Ceiling(seconds):0} s" : "a try is under way";
        return new WebhookOutcome
        {
            Result = WebhookResult.Failed,
            StartedAt = _time.GetUtcNow(),
            Error = $"circuit open: {Host} failed {_options.Breaker.Failures} times in a row, {next}",
        };
    }
}

using BusIngest.Bus.Failures;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Supervision;

/// <summary>What is known of one background loop: when it last got something done, and what stands in its way. Thread-safe.</summary>
public sealed class BackgroundLoop
{
    /// <summary>The same trouble is logged no more often.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _failures;
    private string? _trouble;
    private long? _since;
    private long? _logged;

    internal BackgroundLoop(string name, TimeProvider time, ILogger logger)
    {
        Name = name;
        _time = time;
        _logger = logger;
    }

    /// <summary>What it is called, in log, health and metrics.</summary>
    public string Name { get; }

    /// <summary>When it last succeeded; null: never yet.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>Failures since it last succeeded.</summary>
    public int Failures
    {
        get
        {
            lock (_gate)
                return _failures;
        }
    }

    /// <summary>Why it last failed, in the words of what failed; null when it has succeeded since.</summary>
    public string? Trouble
    {
        get
        {
            lock (_gate)
                return _trouble;
        }
    }

    /// <summary>For how long it has had work and not succeeded; zero when nothing is owed.</summary>
    public TimeSpan Owing
    {
        get
        {
            lock (_gate)
                return _since is { } since ? _time.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>Does one step of the loop's work: until it is done the loop owes it.</summary>
    public async Task DoAsync(Func<Task> step)
    {
        lock (_gate)
            _since ??= _time.GetTimestamp();
        await step();
        Succeed();
    }

    /// <summary>Does a step each period. One that fails ends this, and the supervisor begins it again after a short pause.</summary>
    /// <param name="period">Between two steps.</param>
    /// <param name="step">The step.</param>
    /// <param name="stopping">Ends it.</param>
    /// <param name="atOnce">Whether the first step comes at once, rather than after a period.</param>
    public async Task EveryAsync(TimeSpan period, Func<CancellationToken, Task> step, CancellationToken stopping, bool atOnce = true)
    {
        using var timer = new PeriodicTimer(period, _time);
        // What failed is not put off by a period.
        if (!atOnce && Failures == 0)
            await timer.WaitForNextTickAsync(stopping);
        do
            await DoAsync(() => step(stopping));
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Notes that it gets on: also in the middle of a long step.</summary>
    public void Succeed()
    {
        int failures;
        lock (_gate)
        {
            (failures, _failures) = (_failures, 0);
            (_trouble, _since, _logged) = (null, null, null);
            LastSuccess = _time.GetUtcNow();
        }

        if (failures > 0)
            _logger.LogInformation("{Loop} goes on after {Failures} failures", Name, failures);
    }

    /// <summary>Notes a failure, and logs it: at first, when its reason changes, and once a minute.</summary>
    public void Fail(Exception exception)
    {
        var reason = exception.Message;
        lock (_gate)
        {
            _failures++;
            _since ??= _time.GetTimestamp();
            var known = string.Equals(_trouble, reason, StringComparison.Ordinal);
            _trouble = reason;
            if (known && _logged is { } logged && _time.GetElapsedTime(logged) < QuietFor)
                return;
            _logged = _time.GetTimestamp();
        }

        // Of what is away the reason says all there is to know.
        if (EnvironmentFailures.IsOne(exception))
            _logger.LogWarning("{Loop} waits, and tries again: {Reason}", Name, reason);
        else
            _logger.LogError(exception, "{Loop} failed, and begins again: {Reason}", Name, reason);
    }

    /// <summary>Nothing is owed any more: it has ended, as it was to.</summary>
    internal void End()
    {
        lock (_gate)
            (_trouble, _since, _failures) = (null, null, 0);
    }
}

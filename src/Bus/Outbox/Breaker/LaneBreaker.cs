using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Telemetry;
using Polly;
using Polly.CircuitBreaker;

namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>
/// Stands before the lane over a server. Failures in a row open it; then only a test write, or a hand, closes it. After a first failure
/// things go through one at a time, until one is confirmed: only its callers wait for a server that hangs.
/// </summary>
/// <remarks>Polly's breaker goes by the share of failures. It is told of a failure only when that is one too many in a row, and opens at
/// the second outcome it is told of. It never half-opens by itself: the first chunk to come would be its test.</remarks>
internal sealed class LaneBreaker : IOutboxControl, IDisposable
{
    private readonly IPrimaryLane _lane;
    private readonly BreakerOptions _options;
    private readonly FailoverSessions _sessions;
    private readonly TimeProvider _time;
    private readonly CircuitBreakerManualControl _control = new();
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<Exception?> _pipeline;
    private readonly SemaphoreSlim _turns = new(1, 1);
    private volatile Circuit _circuit;
    private volatile bool _isIsolated;
    private volatile string? _trouble;
    private int _failures;
    private int _trial;

    public LaneBreaker(IPrimaryLane lane, BreakerOptions options, FailoverSessions sessions, TimeProvider time)
    {
        _lane = lane;
        _options = options;
        _sessions = sessions;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<Exception?> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Exception?>
            {
                FailureRatio = 0,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromDays(1),
                BreakDurationGenerator = static _ => ValueTask.FromResult(TimeSpan.MaxValue),
                ManualControl = _control,
                StateProvider = _state,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is not null && Failures >= options.FailureThreshold),
                OnOpened = opened => Opened(opened.IsManual),
                OnClosed = _ => Closed(),
            })
            .Build();
    }

    /// <summary>What goes through at this moment; read without a lock.</summary>
    public Circuit Circuit => _circuit;

    /// <summary>Whether it was opened by hand, so that only a hand closes it.</summary>
    public bool IsIsolated => _isIsolated;

    /// <summary>Whether a test write may close it.</summary>
    public bool AwaitsTest => _circuit != Circuit.Closed && !_isIsolated;

    /// <summary>Failures since the lane last took something, tests included.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Why the last thing that was sent was not confirmed; null when it was.</summary>
    public string? Trouble => Failures > 0 ? _trouble : null;

    /// <summary>Set after it opened or closed.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>Sends something, if the breaker lets it through.</summary>
    /// <param name="send">Completes when it is durable on the lane; its token is the deadline.</param>
    /// <param name="within">The deadline. It is kept even if <paramref name="send"/> does not heed its token.</param>
    public async ValueTask<LaneAttempt> TryAsync(Func<CancellationToken, Task> send, TimeSpan within)
    {
        if (_circuit != Circuit.Closed)
            return default;

        var isTrial = Failures > 0;
        if (isTrial && Interlocked.Exchange(ref _trial, 1) == 1)
            return default;

        try
        {
            var failure = await _pipeline.ExecuteAsync(
                static async (attempt, _) => await attempt.Breaker.AttemptAsync(attempt.Send, attempt.Within), (Breaker: this, Send: send, Within: within));
            await TellOnceMoreAsync(failure);
            return new LaneAttempt(failure is null, failure);
        }
        catch (BrokenCircuitException)
        {
            // It opened a moment ago.
            return default;
        }
        finally
        {
            if (isTrial)
                Volatile.Write(ref _trial, 0);
        }
    }

    /// <summary>Makes the one test write that decides, unless the breaker was closed or isolated meanwhile.</summary>
    public async Task TestAsync()
    {
        if (!await IfAwaitsTestAsync(() =>
            {
                _circuit = Circuit.HalfOpen;
                return Task.CompletedTask;
            }))
        {
            return;
        }

        var failure = await AttemptAsync(_lane.ProbeAsync, _options.PublishTimeout);
        await IfAwaitsTestAsync(() =>
        {
            if (failure is null)
                return _control.CloseAsync();
            _circuit = Circuit.Open;
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc />
    public async Task IsolateAsync()
    {
        await _turns.WaitAsync();
        try
        {
            if (!_isIsolated)
                await _control.IsolateAsync();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc />
    public async Task CloseAsync()
    {
        await _turns.WaitAsync();
        try
        {
            Volatile.Write(ref _failures, 0);
            await _control.CloseAsync();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private async Task<bool> IfAwaitsTestAsync(Func<Task> then)
    {
        await _turns.WaitAsync();
        try
        {
            if (!AwaitsTest)
                return false;
            await then();
            return true;
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Gives what went wrong; null: it is durable.</summary>
    private async Task<Exception?> AttemptAsync(Func<CancellationToken, Task> send, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within, _time);
        Task? sending = null;
        try
        {
            sending = send(deadline.Token);
            await sending.WaitAsync(deadline.Token);
            Volatile.Write(ref _failures, 0);
            return null;
        }
        catch (Exception exception)
        {
            // What comes of it later, nobody waits for any more; but an exception must be observed.
            _ = sending?.ContinueWith(
                static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            Interlocked.Increment(ref _failures);
            var failure = deadline.IsCancellationRequested && exception is OperationCanceledException
                ? new TimeoutException($"{_lane.Name} did not confirm within {within.TotalMilliseconds:0} ms.", exception)
                : exception;
            _trouble = failure.Message;
            _sessions.Fail(failure);
            return failure;
        }
    }

    /// <summary>The very first outcome opens nothing, as Polly wants two.</summary>
    private async ValueTask TellOnceMoreAsync(Exception? failure)
    {
        if (failure is not null && Failures >= _options.FailureThreshold && _state.CircuitState == CircuitState.Closed)
            await _pipeline.ExecuteAsync(static (failure, _) => ValueTask.FromResult<Exception?>(failure), failure);
    }

    private ValueTask Opened(bool byHand)
    {
        _isIsolated = byHand;
        _circuit = Circuit.Open;
        BusMetrics.Failovers.Add(1, BusMetrics.Tag("lane", _lane.Name));
        _sessions.EnterFallback(byHand);
        Changed.Set();
        return default;
    }

    private ValueTask Closed()
    {
        _isIsolated = false;
        Volatile.Write(ref _failures, 0);
        _sessions.LeaveFallback();
        _circuit = Circuit.Closed;
        Changed.Set();
        return default;
    }
}

using Polly;
using Polly.CircuitBreaker;

namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>
/// Leaves a host alone that keeps failing: after some failures in a row it opens, and after a while lets one attempt through, whose
/// outcome closes it or opens it again.
/// </summary>
/// <remarks>Polly's breaker goes by the share of failures. It is told of a failure only when that is one too many in a row, and
/// opens at any it is told of.</remarks>
internal sealed class HostBreaker
{
    private readonly WebhookBreakerOptions _options;
    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<WebhookOutcome> _pipeline;
    private int _failuresInARow;
    private long _openUntilTicks;

    public HostBreaker(WebhookBreakerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<WebhookOutcome> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WebhookOutcome>
            {
                FailureRatio = 0,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromDays(1),
                BreakDuration = options.Break,
                StateProvider = _state,
                ShouldHandle = arguments => ValueTask.FromResult(IsOneTooMany(arguments.Outcome.Result)),
                OnOpened = _ =>
                {
                    Volatile.Write(ref _openUntilTicks, (time.GetUtcNow() + options.Break).UtcTicks);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>How long no attempt can be made; zero when one may be.</summary>
    public TimeSpan OpenFor
    {
        get
        {
            var left = TimeSpan.FromTicks(Volatile.Read(ref _openUntilTicks) - _time.GetUtcNow().UtcTicks);
            return left > TimeSpan.Zero && _state.CircuitState == CircuitState.Open ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Makes an attempt, and learns from it.</summary>
    /// <returns>Its outcome; null when it was not made, as the breaker is open, or waits for the one attempt that it let through.</returns>
    public async Task<WebhookOutcome?> RunAsync(Func<CancellationToken, Task<WebhookOutcome>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(token => new ValueTask<WebhookOutcome>(attempt(token)), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }

    private bool IsOneTooMany(WebhookOutcome? outcome)
    {
        // No outcome: the process stops, or something threw that says nothing of the host.
        if (outcome?.HostFailed != true)
        {
            Volatile.Write(ref _failuresInARow, 0);
            return false;
        }

        return Interlocked.Increment(ref _failuresInARow) >= _options.Failures || _state.CircuitState != CircuitState.Closed;
    }
}

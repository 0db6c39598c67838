using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Supervision;

public sealed class SupervisorSpecs : Spec
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Should_begin_a_loop_again_whatever_it_throws_and_say_why()
    {
        var supervisor = new Supervisor(TimeProvider.System, NullLogger<Supervisor>.Instance);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var begun = new TaskCompletionSource();
        var times = 0;

        // A token of its own that is cancelled is no stop.
        var running = supervisor.RunAsync("loop", (loop, _) => ++times switch
        {
            1 => throw new InvalidOperationException("on purpose"),
            2 => throw new OperationCanceledException("not the stop"),
            3 => throw new StorageUnavailableException("away"),
            _ => GetOnAsync(loop),
        }, stopping.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);

        var seen = Assert.Single(supervisor.Loops);
        Assert.Equal((0, null, TimeSpan.Zero), (seen.Failures, seen.Trouble, seen.Owing));
        await stopping.CancelAsync();
        await running;

        async Task GetOnAsync(BackgroundLoop loop)
        {
            Assert.Equal((3, "away"), (loop.Failures, loop.Trouble));
            await loop.DoAsync(() => Task.CompletedTask);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping.Token);
        }
    }

    [Fact]
    public async Task Should_be_degraded_after_30_s_of_failures_until_it_succeeds()
    {
        var (supervisor, gate) = (new Supervisor(_clock, NullLogger<Supervisor>.Instance), false);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = supervisor.RunAsync(
            "loop", (loop, token) => loop.EveryAsync(TimeSpan.FromSeconds(1), _ => gate ? Task.CompletedTask : throw new IOException("the disk is full"), token), stopping.Token);

        await PassUntilAsync(() => supervisor.Troubled.Any());
        var ill = await CheckAsync(supervisor);
        Assert.Equal(HealthStatus.Degraded, ill.Status);
        Assert.Contains("loop has got nothing done for 3", ill.Description, StringComparison.Ordinal);
        Assert.Contains("the disk is full", ill.Description, StringComparison.Ordinal);

        gate = true;
        await PassUntilAsync(() => !supervisor.Troubled.Any());
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(supervisor)).Status);
        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Should_be_degraded_while_one_step_does_not_end_and_not_while_there_is_nothing_to_do()
    {
        var supervisor = new Supervisor(_clock, NullLogger<Supervisor>.Instance);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var idle = supervisor.RunAsync("idle", (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, _clock, token), stopping.Token);
        var stuck = supervisor.RunAsync("stuck", (loop, token) => loop.DoAsync(() => Task.Delay(Timeout.InfiniteTimeSpan, _clock, token)), stopping.Token);
        var ended = supervisor.RunAsync("ended", (_, _) => Task.CompletedTask, stopping.Token);

        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(["stuck"], supervisor.Troubled.Select(loop => loop.Name), StringComparer.Ordinal);
        await ended;
        await stopping.CancelAsync();
        await Task.WhenAll(idle, stuck);
    }

    [Fact]
    public async Task Should_log_the_same_trouble_once_a_minute()
    {
        var lines = new CountingLogger();
        var supervisor = new Supervisor(_clock, lines);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = supervisor.RunAsync("loop", (_, _) => throw new StorageUnavailableException("away"), stopping.Token);

        await PassUntilAsync(() => lines.Count == 1);
        var first = _clock.GetTimestamp();
        await PassUntilAsync(() => lines.Count == 2);

        Assert.InRange(_clock.GetElapsedTime(first), TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(90));
        await stopping.CancelAsync();
        await running;
    }

    private static Task<HealthCheckResult> CheckAsync(Supervisor supervisor) => new LoopsCheck(supervisor).CheckHealthAsync(new HealthCheckContext(), Token);

    /// <summary>Lets time pass, and what is due run.</summary>
    private Task PassUntilAsync(Func<bool> condition) => UntilAsync("It is so", () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });

    private sealed class CountingLogger : ILogger<Supervisor>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Interlocked.Increment(ref _count);
    }
}

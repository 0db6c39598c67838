using BusIngest.Support.Cars;

namespace BusIngest.Support.Timers;

/// <summary>Sets and cancels timers over several connections until it is stopped, through kills and restarts.</summary>
public sealed class TimerLoad : IAsyncDisposable
{
    private static readonly TimeSpan WhileNobodyServes = TimeSpan.FromMilliseconds(10);
    private readonly Func<Uri?> _address;
    private readonly TimersApi _timers;
    private readonly TimerLoadOptions _options;
    private readonly WebhookSink _sink;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private int _names;

    private TimerLoad(Func<Uri?> address, TimerLedger ledger, WebhookSink sink, Random random, TimerLoadOptions options)
    {
        _address = address;
        _timers = new TimersApi(new CarsApi(address), ledger);
        _sink = sink;
        _options = options;
        var seeds = Enumerable.Range(0, options.Connections).Select(_ => random.Next()).ToList();
        _work = Task.WhenAll(seeds.Select(seed => Task.Run(() => SetUntilStoppedAsync(new Random(seed)))));
    }

    /// <summary>Starts setting timers.</summary>
    /// <param name="address">Where the program serves just now; null while it does not.</param>
    /// <param name="ledger">Takes what comes back.</param>
    /// <param name="sink">What they call.</param>
    /// <param name="random">Draws when they are due, and how they are answered.</param>
    /// <param name="options">How hard.</param>
    public static TimerLoad Start(Func<Uri?> address, TimerLedger ledger, WebhookSink sink, Random random, TimerLoadOptions? options = null) =>
        new(address, ledger, sink, random, options ?? new TimerLoadOptions());

    /// <summary>Sets nothing more, and returns when every request that was under way has its outcome.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SetUntilStoppedAsync(Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            var pause = WhileNobodyServes;
            if (_address() is not null)
            {
                await SetAsync(random);
                pause = _options.MaxPause * random.NextDouble();
            }

            await Task.Delay(pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Not cancelled by a stop: an acknowledgement that is on its way shall be counted.
    private async Task SetAsync(Random random)
    {
        var name = $"timer-{Interlocked.Increment(ref _names)}";
        var seconds = random.Next(8) == 0 ? random.Next(4, _options.MaxSeconds + 1) : random.Next(0, 4);
        var timer = await _timers.PostAsync(name, seconds, _sink.Url(name, Draw(random)), CancellationToken.None);
        if (timer is not null && seconds > 0 && random.Next(6) == 0)
            await _timers.CancelAsync(timer.Id, CancellationToken.None);
    }

    private WebhookBehaviour Draw(Random random) => random.Next(10) switch
    {
        < 5 => WebhookBehaviour.Prompt,
        < 8 => WebhookBehaviour.Slow(_options.MaxDelay * random.NextDouble()),
        // Not 5xx, which would close the sink to its neighbours: they are behind one breaker.
        _ => WebhookBehaviour.After(random.Next(1, 3), 409),
    };
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using BusIngest.Bus.Supervision;
using BusIngest.Bus.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Scheduling;

/// <summary>
/// Keeps the messages that are due next in memory, and sends each on when Quartz says that it is time. Any number may wait on disk:
/// only the window is loaded.
/// </summary>
/// <remarks>
/// The window is loaded at an interval of the monotonic clock, and not by a trigger of Quartz, which would stand still for as long
/// as the wall clock was set back.
/// </remarks>
internal sealed class DueWindow(
    IScheduleStore store,
    ScheduleOptions options,
    TimeProvider time,
    ILogger<DueWindow> logger,
    Supervisor supervisor) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _loaded = new();
    private readonly Channel<DueToken> _offers = Channel.CreateBounded<DueToken>(new BoundedChannelOptions(options.MaxLoaded) { SingleReader = true });
    private readonly QuartzClock _clock = new(options, time);
    private readonly SemaphoreSlim _adding = new(1, 1);
    private long _horizon;

    /// <summary>How many messages are in memory.</summary>
    internal int Loaded => _loaded.Count;

    /// <summary>Takes in a message that was just scheduled, if its time is near. What finds no room is found by the next load.</summary>
    public void Offer(DueToken due)
    {
        if (due.DueAt.UtcTicks <= Volatile.Read(ref _horizon) && _loaded.Count < options.MaxLoaded)
            _offers.Writer.TryWrite(due);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _adding.Dispose();
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _clock.StopAsync(cancellationToken);
        await ReleaseAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await supervisor.RunAsync("due-clock", (loop, stopping) => loop.DoAsync(() => _clock.StartAsync(FireAsync, stopping)), stoppingToken);
        await Task.WhenAll(
            supervisor.RunAsync("due-window", (loop, stopping) => loop.EveryAsync(options.LoadEvery, LoadAsync, stopping), stoppingToken),
            supervisor.RunAsync("due-offers", (loop, stopping) => TakeOffersAsync(loop, stopping), stoppingToken));
    }

    private async Task LoadAsync(CancellationToken stopping)
    {
        foreach (var due in await LoadWindowAsync(stopping))
            await AddAsync(due, stopping);
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReleaseAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            logger.LogWarning("The window is left to others only when its lease has run out: {Reason}", exception.Message);
        }
    }

    private async Task TakeOffersAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        await foreach (var due in _offers.Reader.ReadAllAsync(stopping))
            await loop.DoAsync(() => AddAsync(due, stopping));
    }

    private async Task<IReadOnlyList<DueToken>> LoadWindowAsync(CancellationToken stopping)
    {
        // Before the read: what is committed after it is offered, and what was committed before it is read.
        var end = time.GetUtcNow() + options.Window;
        Volatile.Write(ref _horizon, end.UtcTicks);
        var due = await store.LoadAsync(end, options.MaxLoaded, stopping);
        if (due.Count == options.MaxLoaded)
            Volatile.Write(ref _horizon, due[^1].DueAt.UtcTicks);
        return due;
    }

    /// <summary>One at a time, or what is noted here and what Quartz is set to might be of two different ones.</summary>
    private async Task AddAsync(DueToken due, CancellationToken stopping)
    {
        await _adding.WaitAsync(stopping);
        try
        {
            if (_loaded.TryGetValue(due.Token, out var dueAt) && dueAt == due.DueAt)
                return;

            _loaded[due.Token] = due.DueAt;
            await _clock.SetAsync(due, stopping);
        }
        catch
        {
            // What is not set is not in hand: the next load brings it in again.
            _loaded.TryRemove(due.Token, out _);
            throw;
        }
        finally
        {
            _adding.Release();
        }
    }

    /// <summary>Moves a message from the schedule to the outgoing ones, unless it was taken back or put off.</summary>
    private async Task FireAsync(Guid token)
    {
        try
        {
            await WaitOutAsync(token);
            await store.FireAsync(token);
            if (_loaded.TryGetValue(token, out var dueAt))
                BusMetrics.ScheduleLateness.Record(Math.Max(0, (time.GetUtcNow() - dueAt).TotalSeconds));
        }
        catch (Exception exception)
        {
            logger.LogWarning("Message {Token} is due and can't be sent yet: {Reason}", token, exception.Message);
        }
        finally
        {
            // From here on a load that still finds it brings it in again.
            _loaded.TryRemove(token, out _);
        }
    }

    /// <summary>Quartz takes what is due within 2 ms for due. What the clock was set back from is not waited for: it is loaded again.</summary>
    private async Task WaitOutAsync(Guid token)
    {
        if (_loaded.TryGetValue(token, out var dueAt) && dueAt - time.GetUtcNow() is { Ticks: > 0 } early && early <= QuartzClock.MostEarly)
            await Task.Delay(early, time, CancellationToken.None);
    }
}

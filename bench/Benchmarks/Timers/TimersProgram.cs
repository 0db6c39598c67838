using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>The built program with its timers, which may call this machine.</summary>
internal sealed class TimersProgram : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private TimersProgram(ServiceProcess service) => Service = service;

    /// <summary>The process.</summary>
    public ServiceProcess Service { get; }

    /// <summary>Where timers are posted.</summary>
    public Uri Timers => new(Service.Http.BaseAddress!, "/api/v1/timer");

    /// <summary>Starts it, without the generator of cars.</summary>
    public static async Task<TimersProgram> StartAsync(BenchOptions options, WorkFolder folder) => new(await ServiceProcess.StartAsync(
        Programs.Own(options, folder, ("SEEDER_ENABLED", "false"), ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1")), Programs.Ready));

    /// <summary>The body that sets a timer.</summary>
    /// <param name="delay">When it is due: in how many whole seconds.</param>
    /// <param name="webhook">What it calls; null: nothing that will be called.</param>
    public static byte[] Body(TimeSpan delay, Uri? webhook = null) => JsonSerializer.SerializeToUtf8Bytes(
        RawTimer.In(delay, webhook ?? new Uri("https://example.com/webhook")), RawJson.Default.RawTimer);

    /// <summary>Sets a timer.</summary>
    public async Task CreateAsync(TimeSpan delay, Uri? webhook = null)
    {
        using var content = new ByteArrayContent(Body(delay, webhook));
        content.Headers.ContentType = new("application/json");
        using var response = await Service.Http.PostAsync(Timers, content);
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"A timer was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>How many timers are in which state.</summary>
    public async Task<SagaKindCounts> CountAsync() =>
        (await Service.Http.GetFromJsonAsync("/sagas", SagaCountsJson.Default.SagaCounts))!.Kinds.Single(kind => kind.Kind is "timer");

    /// <summary>Timers that are accepted, and whose saga has not begun.</summary>
    public async Task<long> ParkedAsync() => (await Service.Http.GetFromJsonAsync("/outbox", SagaCountsJson.Default.OutboxCounts))!.Parked;

    /// <summary>Waits until every accepted timer has begun.</summary>
    /// <returns>How long that took.</returns>
    public Task<TimeSpan> BegunAsync() => WaitAsync(async () => await ParkedAsync() == 0);

    /// <summary>Waits until so many timers are Finished.</summary>
    public Task<TimeSpan> FinishedAsync(int timers) => WaitAsync(async () => (await CountAsync()).States["Finished"] >= timers);

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private static async Task<TimeSpan> WaitAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline)
                throw new BenchException($"The timers are not done after {Deadline.TotalMinutes} min.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}

using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Bench.Benchmarks.Spread;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;
using BusIngest.DataSyncSimulator;
using BusIngest.Support.Servers;

namespace BusIngest.Bench.Benchmarks.Sync;

/// <summary>How fast an API that has no limit is pulled, 5,000 events a page. The API runs in the bench's process, on the same cores.</summary>
/// <param name="postgres">Whether into PostgreSQL, over RabbitMQ, and not into SQLite.</param>
internal sealed class SyncBenchmark(bool postgres) : Benchmark
{
    private const int DefaultSeconds = 10;

    /// <summary>So many events are pulled for each second of the measurement.</summary>
    private const int EventsPerSecond = 50_000;

    private const int PageSize = 5_000;

    /// <summary>More are made while they are served: beforehand they would take gigabytes.</summary>
    private const int MostPrepared = 1_000_000;

    private const string ApiKey = "bench";
    private const int Rehearsed = 50_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a page took to be stored when the API was as fast as it can be.</summary>
    private double _storeMsOfPage = 40;

    public override string Name => postgres ? "spread-sync" : "sync";

    public override string Summary =>
        $"{EventsPerSecond:#,##0} events for each of --seconds pulled from a simulated API into {(postgres ? "PostgreSQL, servers on the same cores" : "SQLite")}";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
    [
        new("random ids", () => RunFastAsync(options)),
        new("ids in order", () => RunAsync(options, Api(options) with { OrderedIds = true })),
        new("random ids, API as slow as storing", () => RunAsync(options, Api(options) with { DelayMs = (int)Math.Ceiling(_storeMsOfPage) })),
        new("twin, ids in order", () => RunTwinAsync(options, Api(options) with { OrderedIds = true })),
    ];

    public override Subject Twin(BenchOptions options) => new("twin: fetch, parse, store", () => RunTwinAsync(options, Api(options)));

    private async Task<Measurement> RunFastAsync(BenchOptions options)
    {
        var measured = await RunAsync(options, Api(options));
        _storeMsOfPage = measured.Figures.Single(figure => figure.Name is "storing s").Value * 1_000 * PageSize / Events(options);
        return measured;
    }

    private async Task<Measurement> RunAsync(BenchOptions options, SimulatorOptions api)
    {
        await using var servers = postgres ? await Servers.StartAsync() : null;
        await using var simulator = await Simulator.StartAsync(api, TimeProvider.System);
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.Own(options, folder, Settings(simulator, servers)), Programs.Ready);

        await RehearseAsync(service);
        var (before, begun) = (service.Usage(), Stopwatch.GetTimestamp());
        var run = await PullAsync(service, """{"source":"datasync"}""");
        var (elapsed, after) = (Stopwatch.GetElapsedTime(begun), service.Usage());
        var events = run.GetProperty("eventsStored").GetInt64();
        if (events != api.Total)
            throw new BenchException($"The run is wrong: {run}");

        var (fetching, storing) = (run.GetProperty("fetchMs").GetInt64() / 1e3, run.GetProperty("storeMs").GetInt64() / 1e3);
        return new Measurement(
            new("events/s", events / elapsed.TotalSeconds),
            new("CPU µs/event", (after.Cpu - before.Cpu).TotalMicroseconds / events),
            new("fetching s", fetching),
            new("storing s", storing),
            new("total / the longer", elapsed.TotalSeconds / Math.Max(fetching, storing)),
            new("RSS peak MB", service.Process.PeakWorkingSet64 / 1e6));
    }

    /// <summary>Pulls another source, and lets the compiler come to rest, which takes a third of the processor in a program's first seconds.</summary>
    private static async Task RehearseAsync(ServiceProcess service)
    {
        await using var other = await Simulator.StartAsync(new SimulatorOptions { Port = 0, ApiKey = "", Total = Rehearsed, Seed = 2 }, TimeProvider.System);
        await PullAsync(service, $$"""{"baseUrl":"{{other.Url}}"}""");
        await Task.Delay(Rest, TimeProvider.System, CancellationToken.None);
    }

    private static async Task<JsonElement> PullAsync(ServiceProcess service, string source)
    {
        using var body = new StringContent(source);
        using var answer = await service.Http.PostAsync("sync/runs", body);
        var runId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString();
        while (true)
        {
            var run = await service.Http.GetFromJsonAsync<JsonElement>($"sync/runs/{runId}");
            if (run.GetProperty("endedAt").ValueKind != JsonValueKind.Null)
                return run;
            await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<Measurement> RunTwinAsync(BenchOptions options, SimulatorOptions api)
    {
        await using var servers = postgres ? await Servers.StartAsync() : null;
        await using var simulator = await Simulator.StartAsync(api, TimeProvider.System);
        using var folder = new WorkFolder(options);
        await using IRawEvents store = servers is null
            ? new RawSqliteEvents(folder.File("raw.db"))
            : await RawPostgresEvents.CreateAsync(servers.DatabaseUrl);
        var pull = new RawPull(simulator.Url, ApiKey, store);
        var (events, elapsed) = await pull.RunAsync();
        return new Measurement(
            new("events/s", events / elapsed.TotalSeconds),
            new("fetching s", pull.Fetching.TotalSeconds),
            new("storing s", pull.Storing.TotalSeconds));
    }

    private static int Events(BenchOptions options) => (int)(options.Duration(DefaultSeconds).TotalSeconds * EventsPerSecond);

    private static SimulatorOptions Api(BenchOptions options) =>
        new() { Port = 0, ApiKey = ApiKey, Total = Events(options), PageLimit = PageSize, Prepare = Events(options) <= MostPrepared };

    private static (string Name, string Value)[] Settings(Simulator simulator, Cluster? servers) =>
    [
        ("API_BASE_URL", simulator.Url), ("API_KEY", ApiKey), ("SYNC_ALLOWED_HOSTS", "127.0.0.1"), ("SEEDER_ENABLED", "false"), .. servers is null ? [] : Servers.Settings(servers),
    ];
}

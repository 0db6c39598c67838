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

    private const string ApiKey = "bench";

    public override string Name => postgres ? "spread-sync" : "sync";

    public override string Summary =>
        $"{EventsPerSecond:#,##0} events for each of --seconds pulled from a simulated API into {(postgres ? "PostgreSQL, servers on the same cores" : "SQLite")}";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
    [
        new("ids in order", () => RunAsync(options, ordered: true)),
        new("random ids", () => RunAsync(options, ordered: false)),
        new("twin, random ids", () => RunTwinAsync(options, ordered: false)),
    ];

    public override Subject Twin(BenchOptions options) => new("twin: fetch, parse, store, ids in order", () => RunTwinAsync(options, ordered: true));

    private async Task<Measurement> RunAsync(BenchOptions options, bool ordered)
    {
        await using var servers = postgres ? await Servers.StartAsync() : null;
        await using var simulator = await SimulateAsync(options, ordered);
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.Own(options, folder, Settings(simulator, servers)), Programs.Ready);

        var (before, begun) = (service.Usage(), Stopwatch.GetTimestamp());
        using var body = new StringContent("""{"source":"datasync"}""");
        using var answer = await service.Http.PostAsync("sync/runs", body);
        var runId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString();
        var most = before.ResidentMegabytes;
        JsonElement run;
        while ((run = await service.Http.GetFromJsonAsync<JsonElement>($"sync/runs/{runId}")).GetProperty("endedAt").ValueKind == JsonValueKind.Null)
        {
            most = Math.Max(most, service.Usage().ResidentMegabytes);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }

        var (elapsed, after) = (Stopwatch.GetElapsedTime(begun), service.Usage());
        var events = run.GetProperty("eventsStored").GetInt64();
        if (events != Events(options))
            throw new BenchException($"The run is wrong: {run}");
        return new Measurement(
            new("events/s", events / elapsed.TotalSeconds),
            new("CPU µs/event", (after.Cpu - before.Cpu).TotalMicroseconds / events),
            new("RSS max MB", most));
    }

    private async Task<Measurement> RunTwinAsync(BenchOptions options, bool ordered)
    {
        await using var servers = postgres ? await Servers.StartAsync() : null;
        await using var simulator = await SimulateAsync(options, ordered);
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

    private static Task<Simulator> SimulateAsync(BenchOptions options, bool ordered) => Simulator.StartAsync(
        new SimulatorOptions { Port = 0, ApiKey = ApiKey, Total = Events(options), OrderedIds = ordered }, TimeProvider.System);

    private static (string Name, string Value)[] Settings(Simulator simulator, Cluster? servers) =>
    [
        ("API_BASE_URL", simulator.Url), ("API_KEY", ApiKey), ("SEEDER_ENABLED", "false"), .. servers is null ? [] : Servers.Settings(servers),
    ];
}

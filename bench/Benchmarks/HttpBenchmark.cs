using System.Diagnostics;
using System.Text.Json;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks;

/// <summary>How many requests with cars a second the program takes, each acknowledged when it is on disk.</summary>
internal sealed class HttpBenchmark : Benchmark
{
    private const int CarsPerRequest = 20;
    private const int Connections = 32;
    private const int DefaultSeconds = 15;

    // Ids are given by the service, so every request's cars are new ones.
    private readonly byte[] _body = JsonSerializer.SerializeToUtf8Bytes(CarSamples.DrawWithoutIds(CarsPerRequest), RawJson.Default.RawCarArray);

    public override string Name => "http";

    public override string Summary => $"POST /cars in arrays of {CarsPerRequest} ({_body.Length} bytes), {Connections} connections, by the built program";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("accepted", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Kestrel and an insert", () => RunTwinAsync(options));

    private async Task<Measurement> RunAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.Own(options, folder, ("SEEDER_ENABLED", "false")), Programs.Ready);
        await RequestAsync(options, folder, service, TimeSpan.FromSeconds(3));
        var before = await Ledger.SettledAsync(service);
        var (load, figures) = await MeasureAsync(options, folder, service);

        var parked = (await Ledger.ReadAsync(service)).Parked;
        var started = Stopwatch.GetTimestamp();
        var after = await Ledger.SettledAsync(service);
        Check(load, after.Stored - before.Stored, after);
        return new Measurement(
        [
            .. figures,
            new("accepted cars", load.Requests * CarsPerRequest),
            new("stored cars", after.Stored - before.Stored),
            new("parked at end", parked),
            new("drained s", Stopwatch.GetElapsedTime(started).TotalSeconds),
        ]);
    }

    private async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.RawHttpServer(folder), RawHttp.Ready);
        await RequestAsync(options, folder, service, TimeSpan.FromSeconds(3));
        return new Measurement((await MeasureAsync(options, folder, service)).Figures);
    }

    private async Task<(LoadResult Load, List<Figure> Figures)> MeasureAsync(BenchOptions options, WorkFolder folder, ServiceProcess service)
    {
        var first = service.Usage();
        var load = await RequestAsync(options, folder, service, options.Duration(DefaultSeconds));
        var last = service.Usage();
        return (load,
        [
            .. load.Figures(),
            new("CPU µs/request", (last.Cpu - first.Cpu).TotalMicroseconds / load.Requests),
            new("RSS MB", last.ResidentMegabytes),
        ]);
    }

    private Task<LoadResult> RequestAsync(BenchOptions options, WorkFolder folder, ServiceProcess service, TimeSpan duration) =>
        LoadClient.PostAsync(options, folder, new Uri(service.Http.BaseAddress!, "/cars"), _body, Connections, duration);

    /// <summary>Requests that were under way when the client stopped may be stored beyond those that it saw answered.</summary>
    private static void Check(LoadResult load, long stored, Ledger ledger)
    {
        var answered = (load.Requests - load.Errors) * CarsPerRequest;
        if (stored < answered || stored > answered + (Connections * CarsPerRequest) || ledger.Lost != 0 || ledger.Duplicates != 0)
            throw new BenchException($"{answered} cars were accepted, {stored} stored; {ledger}");
    }
}

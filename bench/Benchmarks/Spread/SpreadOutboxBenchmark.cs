using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;
using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Support.Servers;
using BusIngest.Workers.Cars;

namespace BusIngest.Bench.Benchmarks.Spread;

/// <summary>How many single cars a second the outbox makes durable at RabbitMQ.</summary>
internal sealed class SpreadOutboxBenchmark : Benchmark
{
    private const int Callers = 32;
    private const int DefaultSeconds = 10;

    public override string Name => "spread-outbox";

    public override string Summary => $"acknowledgements by RabbitMQ through IOutbox, {Callers} callers in a closed loop, one car each, nobody consumes";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("acknowledged", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: RabbitMQ.Client with confirms", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        await using var host = await InProcessHost.StartAsync(options, (services, directory) =>
        {
            services.AddBus(directory, Options(servers, directory.Path), bus => bus.AddCarConsumers(seeder: false));
            services.AddCars(seeder: null);
        });
        while (host.Parked > 0 || host.Mode is not "RABBITMQ_MODE")
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);

        var measured = await MeasureAsync(options, () => host.Outbox.PublishAsync(CarSamples.Draw()));
        return new Measurement([.. measured.Figures, new("parked at end", host.Parked)]);
    }

    private static BusOptions Options(Cluster servers, string folder) => new()
    {
        Roles = Roles.Api,
        RabbitMq = RabbitMqUrl.Parse(servers.RabbitMqUrl),
        Postgres = new PostgresOptions { ConnectionString = servers.DatabaseUrl },
        Lane = LaneKind.RabbitMq,
        Failover = new FailoverOptions { LogDirectory = folder },
    };

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        await using var publisher = await RawPublisher.StartAsync(servers.RabbitMqUrl);
        return await MeasureAsync(options, () => publisher.PublishAsync(CarSamples.Draw()));
    }

    private static async Task<Measurement> MeasureAsync(BenchOptions options, Func<Task> call)
    {
        using var self = Process.GetCurrentProcess();
        var before = ProcessUsage.Read(self);
        var (calls, perSecond, latency) = await ClosedLoop.RunAsync(Callers, options.Duration(DefaultSeconds), call);
        var after = ProcessUsage.Read(self);
        return new Measurement([new("acks/s", perSecond), .. latency.Figures(), new("CPU µs/ack", (after.Cpu - before.Cpu).TotalMicroseconds / calls)]);
    }
}

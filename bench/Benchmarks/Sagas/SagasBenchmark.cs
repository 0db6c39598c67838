using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;
using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bench.Benchmarks.Sagas;

/// <summary>
/// How many events of sagas a second go the whole way: accepted by the outbox, taken in by the saga, whose own message is consumed.
/// Each is on disk three times: as an event, as the saga's state with its message, and as that message's effect.
/// </summary>
internal sealed class SagasBenchmark : Benchmark
{
    private const int Callers = 64;
    private const int ManySagas = 100;
    private const int DefaultSeconds = 10;
    private const int EventsPerSecond = 3_000;
    private const int WarmUpEvents = 10_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public override string Name => "sagas";

    public override string Summary =>
        $"events through inbox, saga and outgoing messages, {Callers} callers; {EventsPerSecond} events for each of --seconds";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
        [new($"{ManySagas} sagas", () => CountAsync(options, ManySagas)), new("one saga", () => CountAsync(options, 1))];

    public override Subject Twin(BenchOptions options) => new($"twin: two files, {ManySagas} rows", () => CountByTwinAsync(options));

    private static async Task<Measurement> CountAsync(BenchOptions options, int sagas)
    {
        await using var host = await InProcessHost.StartAsync(options, AddCounters);
        await host.Database.Writer.WriteAsync(1, session =>
        {
            session.Execute(CountedConsumer.Table);
            return true;
        });
        return await MeasureAsync(
            options,
            sagas,
            async (ids, events) =>
            {
                await ClosedLoop.RunAsync(Callers, events, number => host.Outbox.PublishAsync(new CountUp(ids[number % sagas])));
                var accepted = Stopwatch.GetTimestamp();
                await DrainAsync(host);
                return accepted;
            },
            id => (
                host.Query($"SELECT json_extract(document, '$.count') FROM sagas WHERE kind = 'counter' AND correlation_id = '{id}'"),
                host.Query($"SELECT count(DISTINCT count) FROM counted WHERE counter_id = '{id}' HAVING count(*) = count(DISTINCT count)")));
    }

    private static async Task<Measurement> CountByTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var pipeline = new SagaPipeline(folder.File("inbox.db"), folder.File("main.db"));
        return await MeasureAsync(
            options,
            ManySagas,
            async (ids, events) =>
            {
                var consuming = pipeline.ConsumeAsync(events);
                await ClosedLoop.RunAsync(Callers, events, number => pipeline.AcceptAsync(new CountUp(ids[number % ManySagas])));
                var accepted = Stopwatch.GetTimestamp();
                await consuming;
                return accepted;
            },
            id => (pipeline.CountOf(id), pipeline.EffectsOf(id)));
    }

    /// <summary>Measures, after some events to warm up, and holds every saga against what it was sent.</summary>
    /// <param name="options">Tells how many events.</param>
    /// <param name="sagas">How many sagas share them.</param>
    /// <param name="countAsync">Has so many events of these sagas accepted, which it tells the time of, and worked off.</param>
    /// <param name="read">What a saga has counted, and how many of its messages were consumed, each once.</param>
    private static async Task<Measurement> MeasureAsync(
        BenchOptions options, int sagas, Func<Guid[], int, Task<long>> countAsync, Func<Guid, (long Counted, long Effects)> read)
    {
        await countAsync(Ids(sagas), WarmUpEvents);
        using var self = Process.GetCurrentProcess();
        var ids = Ids(sagas);
        var events = EventsPerSecond * (int)options.Duration(DefaultSeconds).TotalSeconds;
        var before = ProcessUsage.Read(self);
        var accepted = await countAsync(ids, events);
        var after = ProcessUsage.Read(self);
        foreach (var id in ids)
            Check(id, events / sagas, read(id));
        return new Measurement(
            new("events/s", events / Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds),
            new("CPU µs/event", (after.Cpu - before.Cpu).TotalMicroseconds / events),
            new("accepted after s", Stopwatch.GetElapsedTime(before.At, accepted).TotalSeconds));
    }

    private static void AddCounters(IServiceCollection services, DataDirectory directory)
    {
        services.AddBus(directory, new BusOptions(), bus =>
        {
            bus.AddSagaStateMachine<CounterMachine, Counter, CounterDefinition>().DocumentRepository("counter", CounterJson.Default.Counter);
            bus.AddConsumer<CountedConsumer, CountedDefinition>();
        });
        services.AddRecord(CounterJson.Default.CountUp, CounterJson.Default.CountUpArray);
        services
            .AddSingleton(new InFlightLimit(CounterDefinition.Queue, CounterDefinition.AtOnce))
            .AddSingleton(new InFlightLimit(CountedDefinition.Queue, CounterDefinition.AtOnce));
    }

    /// <summary>Waits until everything is consumed and removed.</summary>
    private static async Task DrainAsync(InProcessHost host)
    {
        var started = Stopwatch.GetTimestamp();
        while (host.Parked + host.Query("SELECT count(*) FROM outgoing") > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline)
                throw new BenchException($"After {Deadline.TotalMinutes} min there is still something to consume.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    private static void Check(Guid id, long sent, (long Counted, long Effects) found)
    {
        if (found != (sent, sent))
            throw new BenchException($"Saga {id} was sent {sent} events, has counted {found.Counted}, and {found.Effects} were consumed once.");
    }

    private static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
}

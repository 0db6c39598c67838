using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Events;

/// <summary>How fast `seed-events` is, from its first event until the last one is in the summaries.</summary>
internal sealed class SeedEventsBenchmark : Benchmark
{
    /// <summary>So many for each second of the measurement.</summary>
    private const long EventsPerSecond = 100_000;

    private const int DefaultSeconds = 10;
    private const int PerTransaction = 5_000;

    public override string Name => "seed-events";

    public override string Summary => $"{EventsPerSecond:#,##0} events for each of --seconds made up and stored by seed-events, on SQLite";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("seeded", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: prepared inserts", () => RunTwinAsync(options));

    private static long Events(BenchOptions options) => (long)options.Duration(DefaultSeconds).TotalSeconds * EventsPerSecond;

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        var (perSecond, seconds) = await EventSeeding.RunAsync(options, folder, Events(options), whale: 0);
        return new Measurement(new("events/s", perSecond), new("s, start and end included", seconds));
    }

    private static Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        using var connection = BareDriver.Open(folder.File("raw.db"));
        BareDriver.Execute(
            connection, "CREATE TABLE events (seq INTEGER PRIMARY KEY, event_id TEXT, account_id TEXT, user_id TEXT, type TEXT, at INTEGER, metadata TEXT)");
        using var insert = BareDriver.Prepare(
            connection, "INSERT INTO events (event_id, account_id, user_id, type, at, metadata) VALUES ($1, $2, $3, $4, $5, $6)", "$1", "$2", "$3", "$4", "$5", "$6");
        var started = Stopwatch.GetTimestamp();
        var events = Events(options);
        for (var first = 0L; first < events; first += PerTransaction)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var number = first; number < Math.Min(first + PerTransaction, events); number++)
            {
                insert.Parameters[0].Value = Guid.NewGuid().ToString();
                insert.Parameters[1].Value = $"acct-{number % 500:D5}";
                insert.Parameters[2].Value = $"user-{number % 97:D4}";
                insert.Parameters[3].Value = "message_sent";
                insert.Parameters[4].Value = 1_800_000_000_000 + number;
                insert.Parameters[5].Value = """{"channel":"web","size":1234}""";
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        return Task.FromResult(new Measurement(new("events/s", events / elapsed.TotalSeconds), new("s, start and end included", elapsed.TotalSeconds)));
    }
}

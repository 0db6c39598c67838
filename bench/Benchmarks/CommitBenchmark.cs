using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks;

/// <summary>How many commits a second this disk takes, one after the other: what every other figure stands on.</summary>
internal sealed class CommitBenchmark : Benchmark
{
    private const int DefaultSeconds = 5;
    private const int PageBytes = 4_096;

    public override string Name => "commit";

    public override string Summary => "commits of one small row by SQLite (WAL, synchronous=FULL), one after the other, beside plain write and fsync";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("SQLite commit", () => CommitAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: write 4 KiB, fsync", () => FlushAsync(options));

    private static Task<Measurement> CommitAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        using var connection = BareDriver.Open(folder.File("raw.db"));
        BareDriver.Execute(connection, "CREATE TABLE entries (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        using var insert = BareDriver.Prepare(connection, "INSERT INTO entries (body) VALUES ($body)", "$body");
        insert.Parameters[0].Value = new byte[200];
        return Task.FromResult(Repeat(options, () => insert.ExecuteNonQuery()));
    }

    private static Task<Measurement> FlushAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        using var file = File.OpenHandle(folder.File("raw"), FileMode.CreateNew, FileAccess.Write);
        var page = new byte[PageBytes];
        var offset = 0L;
        return Task.FromResult(Repeat(options, () =>
        {
            RandomAccess.Write(file, page, offset);
            RandomAccess.FlushToDisk(file);
            // As a WAL does: over the same pages again, once it has grown.
            offset = (offset + PageBytes) % (PageBytes * 1_000);
        }));
    }

    private static Measurement Repeat(BenchOptions options, Action commit)
    {
        var duration = options.Duration(DefaultSeconds);
        var latency = new LatencyHistogram();
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            var started = Stopwatch.GetTimestamp();
            commit();
            latency.Add(Stopwatch.GetTimestamp() - started);
        }

        return new Measurement([new("commits/s", latency.Count / duration.TotalSeconds), .. latency.Figures()]);
    }
}

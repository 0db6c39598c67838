using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using BusIngest.Api.Cars;

namespace BusIngest.Api.Commands.Bench;

/// <summary>Cars of a make that no other run has; the service's ledger and its listing tell which are stored.</summary>
/// <param name="client">Asks for them.</param>
/// <param name="run">What tells this run from others.</param>
/// <param name="time">The clock.</param>
internal sealed class CarBench(BenchClient client, string run, TimeProvider time) : IBenchWorkload
{
    private const int LongestCar = 512;
    private const int Page = 10_000;

    /// <summary>How far the service's clock may be from ours.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    private DateTimeOffset _begun;
    private CarStats? _before;
    private int _next;

    /// <inheritdoc />
    public string Route => "cars";

    /// <inheritdoc />
    public string Records => "cars";

    /// <inheritdoc />
    public bool CanRepeat => true;

    /// <inheritdoc />
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _begun = time.GetUtcNow();
        _before = await StatsAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Draw(BenchRequest request, int records)
    {
        request.Body.Write("["u8);
        for (var i = 0; i < records; i++)
        {
            if (i > 0)
                request.Body.Write(","u8);
            var number = Interlocked.Increment(ref _next) - 1;
            request.Numbers.Add(number);
            Write(request, number);
        }

        request.Body.Write("]"u8);
    }

    /// <inheritdoc />
    public void Accept(BenchRequest request, BenchAnswer answer)
    {
        // The tally has their number, and more is not asked for.
    }

    /// <inheritdoc />
    public void Lose(BenchRequest request)
    {
        // As above.
    }

    /// <inheritdoc />
    public async Task<BenchLedger> CompareAsync(BenchTally tally, BenchDrain drain, CancellationToken cancellationToken)
    {
        var stored = await drain.WaitAsync(token => StoredAsync(tally.Records, token), tally.Records, cancellationToken);
        var ledger = BenchLedger.Of($"cars of the make {run}", tally.Records, tally.Unknown, stored);
        var after = await StatsAsync(cancellationToken);
        return after.Lost <= _before!.Lost && after.Duplicates <= _before.Duplicates
            ? ledger
            : ledger with { Differences = [.. ledger.Differences, $"GET /cars/stats: lost {after.Lost:N0}, duplicates {after.Duplicates:N0}"] };
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> TidyAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    private Task<CarStats> StatsAsync(CancellationToken cancellationToken) => client.GetAsync("cars/stats", CarApiJson.Default.CarStats, cancellationToken);

    /// <summary>Looks at every car only when so many were stored that all of ours can be among them.</summary>
    private async Task<long> StoredAsync(long wanted, CancellationToken cancellationToken)
    {
        var grown = (await StatsAsync(cancellationToken)).Stored - _before!.Stored;
        return grown < wanted ? grown : await CountAsync(wanted, cancellationToken);
    }

    /// <summary>Newest first, until all are found, or none can follow. Not by the filter, which would look through the whole table for one that is missing.</summary>
    private async Task<long> CountAsync(long wanted, CancellationToken cancellationToken)
    {
        var (found, after) = (0L, "");
        while (true)
        {
            var page = await client.GetAsync($"cars?limit={Page}{after}", CarApiJson.Default.CarPage, cancellationToken);
            found += page.Cars.Count(car => string.Equals(car.NormalizedMake, run, StringComparison.Ordinal));
            if (found >= wanted || page.Next is null || page.Cars.All(car => car.GeneratedAt < _begun - ClockDifference))
                return found;
            after = $"&after={Uri.EscapeDataString(page.Next)}";
        }
    }

    private void Write(BenchRequest request, int number)
    {
        var (id, year, price) = (Guid.CreateVersion7(time.GetUtcNow()), 2_000 + (number % 25), 3_000 + (number % 77_000));
        Utf8.TryWrite(
            request.Body.GetSpan(LongestCar),
            CultureInfo.InvariantCulture,
            $"{{\"id\":\"{id}\",\"normalizedMake\":\"{run}\",\"normalizedModel\":\"model {number % 40}\",\"year\":{year},\"price\":{price},\"location\":\"bench\"}}",
            out var written);
        request.Body.Advance(written);
    }
}

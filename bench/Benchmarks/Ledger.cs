using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks;

/// <summary>The program's own account of its cars: GET /cars/stats.</summary>
internal sealed record Ledger(long Generated, long Stored, long Parked, long InFlight, long Lost, long Duplicates, long Redelivered)
{
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromMinutes(2);

    public static async Task<Ledger> ReadAsync(ServiceProcess service) =>
        (await service.Http.GetFromJsonAsync("/cars/stats", LedgerJson.Default.Ledger))!;

    /// <summary>Waits until so many are stored.</summary>
    public static async Task StoredAsync(ServiceProcess service, long cars)
    {
        var started = Stopwatch.GetTimestamp();
        while ((await ReadAsync(service)).Stored < cars)
        {
            if (Stopwatch.GetElapsedTime(started) > SettleDeadline)
                throw new BenchException($"{cars} cars are not stored within {SettleDeadline.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>The account once nothing is on its way any more.</summary>
    public static async Task<Ledger> SettledAsync(ServiceProcess service)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var ledger = await ReadAsync(service);
            if (ledger.Parked + ledger.InFlight == 0 || Stopwatch.GetElapsedTime(started) > SettleDeadline)
                return ledger;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}

/// <summary>How it is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Ledger))]
internal sealed partial class LedgerJson : JsonSerializerContext;

using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Servers;
using BusIngest.Support.Storage;

namespace BusIngest.Faults.Clusters;

/// <summary>Holds what clients were promised against what is in PostgreSQL.</summary>
internal static class ClusterAccounting
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(10);

    // The generator's last cars may still be under way when it is stopped, and what a killed process accepted last is known only once it is stored.
    private static readonly TimeSpan AgreementDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(5);

    /// <summary>Stops the generator, waits until every car is stored, and checks promises, rows and ledger.</summary>
    /// <param name="cluster">All of it runs, and no client posts.</param>
    /// <param name="acknowledgements">What the clients were promised.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task VerifyAsync(Cluster cluster, Acknowledgements acknowledgements, CancellationToken cancellationToken)
    {
        var api = new CarsApi(() => cluster.Url(ClusterNames.Api));
        await using var rows = new PostgresCars(cluster.DatabaseUrl);
        await Eventually.HoldsAsync(
            "The seeder stops",
            async token =>
            {
                await api.StopSeederAsync(token);
                return true;
            },
            StopDeadline,
            cancellationToken);
        await Eventually.BecomesAsync("Every accepted car is stored", api.StatsAsync, static s => s.AtRest, DrainDeadline, cancellationToken);
        var stats = await SettledAsync(api, rows, cancellationToken);

        var discrepancies = await DiscrepanciesAsync(rows, acknowledgements, stats, cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{acknowledgements.Count} acknowledged, {acknowledgements.Unknown.Count} unknown, {acknowledgements.Refusals} refused, "
            + $"longest wait {acknowledgements.LongestWait.TotalMilliseconds:0} ms; {stats}");
        Assert.True(discrepancies.Count == 0, string.Join('\n', discrepancies.Take(20)));
    }

    private static async Task<CarStats> SettledAsync(CarsApi api, PostgresCars rows, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var (last, since) = (-1L, clock.GetTimestamp());
        var (stats, _, _) = await Eventually.BecomesAsync(
            "The ledger agrees with the database, and nothing moves",
            async token =>
            {
                var seen = (Ledger: await api.StatsAsync(token), Rows: await rows.CountAsync(token));
                if (seen.Rows != last)
                    (last, since) = (seen.Rows, clock.GetTimestamp());
                return (seen.Ledger, seen.Rows, Still: clock.GetElapsedTime(since));
            },
            static seen => seen.Ledger.AtRest && seen.Ledger.Stored == seen.Rows && seen.Still >= Standstill,
            AgreementDeadline,
            cancellationToken);
        return stats;
    }

    private static async Task<IReadOnlyList<string>> DiscrepanciesAsync(
        PostgresCars rows, Acknowledgements acknowledgements, CarStats stats, CancellationToken cancellationToken)
    {
        var (acknowledged, altered) = await rows.FindAsync(acknowledgements.Acknowledged, cancellationToken);
        var (unknown, _) = await rows.FindAsync(acknowledgements.Unknown, cancellationToken);
        var ids = await rows.CountIdsAsync(cancellationToken);
        return
        [
            .. acknowledgements.Violations.Select(static violation => $"Answered {violation}"),
            .. acknowledged.Where(static id => id.Value != 1).Select(static id => $"{id.Key} was acknowledged and is stored {id.Value} times"),
            .. unknown.Where(static id => id.Value > 1).Select(static id => $"{id.Key} is stored {id.Value} times"),
            .. altered.Select(static id => $"{id} is stored otherwise than it was sent"),
            .. ids == stats.Stored ? Array.Empty<string>() : [$"{stats.Stored} rows have {ids} ids"],
            .. stats is { Lost: 0, Duplicates: 0 } && stats.Generated == stats.Stored ? Array.Empty<string>() : [$"The ledger does not agree: {stats}"],
        ];
    }
}

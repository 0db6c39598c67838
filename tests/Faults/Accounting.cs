using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;

namespace BusIngest.Faults;

/// <summary>Holds what clients were promised against what is in the database.</summary>
internal static class Accounting
{
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(3);

    // The generator's last cars may still be under way when it is stopped.
    private static readonly TimeSpan AgreementDeadline = TimeSpan.FromSeconds(15);

    /// <summary>Stops the generator, waits until every car is stored, and checks promises, rows and ledger.</summary>
    /// <param name="installation">Has a program that is ready, and no client that still posts.</param>
    /// <param name="acknowledgements">What the clients were promised.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task VerifyAsync(Installation installation, Acknowledgements acknowledgements, CancellationToken cancellationToken)
    {
        await Eventually.HoldsAsync(
            "The seeder stops",
            async token =>
            {
                await installation.Api.StopSeederAsync(token);
                return true;
            },
            TimeSpan.FromSeconds(30),
            cancellationToken);
        await Eventually.BecomesAsync(
            "Every accepted car is stored", installation.Api.StatsAsync, static s => s.AtRest, DrainDeadline, cancellationToken);
        var (stats, _) = await Eventually.BecomesAsync(
            "The ledger agrees with the database",
            async token => (Ledger: await installation.Api.StatsAsync(token), Rows: installation.StoredCars.Count()),
            static both => both.Ledger.AtRest && both.Ledger.Stored == both.Rows,
            AgreementDeadline,
            cancellationToken);

        var discrepancies = Promises(installation, acknowledgements).Concat(Rows(installation, stats)).ToList();
        Log($"{acknowledgements.Count} acknowledged, {acknowledgements.Unknown.Count} unknown, {acknowledgements.Refusals} refused; {stats}");
        Assert.True(discrepancies.Count == 0, string.Join('\n', discrepancies.Take(20)));
    }

    private static IEnumerable<string> Promises(Installation installation, Acknowledgements acknowledgements)
    {
        foreach (var violation in acknowledgements.Violations)
            yield return $"Answered {violation}";

        var rows = installation.StoredCars;
        foreach (var (id, times) in rows.Times(acknowledgements.Acknowledged))
        {
            if (times != 1)
                yield return $"{id} was acknowledged and is stored {times} times";
        }

        foreach (var (id, times) in rows.Times(acknowledgements.Unknown))
        {
            if (times > 1)
                yield return $"{id} is stored {times} times";
        }

        foreach (var id in rows.Altered(acknowledgements.Acknowledged))
            yield return $"{id} is stored otherwise than it was sent";
    }

    private static IEnumerable<string> Rows(Installation installation, CarStats stats)
    {
        var rows = installation.StoredCars;
        if (rows.CountIds() is var ids && ids != stats.Stored)
            yield return $"{stats.Stored} rows have {ids} ids";
        if (stats.Generated != stats.Stored || stats.Lost != 0 || stats.Duplicates != 0)
            yield return $"The ledger does not agree: {stats}";
        foreach (var file in new[] { "busingest.db", "inbox.db" })
        {
            if (rows.Integrity(file) is var verdict and not "ok")
                yield return $"{file}: {verdict}";
        }
    }

    private static void Log(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}

using System.Collections.Concurrent;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Sees to the partitions of the events' months, as they are needed.</summary>
internal sealed class PostgresMonths(PostgresDatabase database, TimeProvider time)
{
    private readonly ConcurrentDictionary<Month, bool> _seen = new();

    /// <summary>Completes when there is a place for the months. Those of long ago are looked for each time: retention may have dropped them.</summary>
    public async Task MakeAsync(IReadOnlySet<Month> months, CancellationToken cancellationToken)
    {
        var lately = new Month(Month.Of(time.GetUtcNow()).Number - 1);
        foreach (var month in months)
        {
            if (month.Number >= lately.Number && _seen.ContainsKey(month))
                continue;
            await MakeAsync(month, cancellationToken);
            _seen[month] = true;
        }
    }

    private async Task MakeAsync(Month month, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await database.GuardAsync(
            async () =>
            {
                await MonthPartition.MakeAsync(connection, month, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}

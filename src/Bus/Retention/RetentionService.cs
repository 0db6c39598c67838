using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Retention;

/// <summary>Deletes rows that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class RetentionService(
    IMainDatabase database, IEnumerable<RetiredTable> tables, TimeProvider time, Supervisor supervisor) : SupervisedService(supervisor, "retention")
{
    private const int BatchRows = 2_000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Deletes all that is due.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            while (await DeleteAsync(table, cancellationToken) == BatchRows)
                await Task.Yield();
        }
    }

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Period, CleanAsync, stopping, atOnce: false);

    private async Task<int> DeleteAsync(RetiredTable table, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - table.KeepFor;
        var deleted = 0;
        await database.WriteAsync(
            BatchRows,
            session => deleted = session
                .Statement(Statement(table, "IN (", ")", "?1", "?2"))
                .Bind(1, before.ToUnixTimeMilliseconds()).Bind(2, BatchRows)
                .Execute(),
            batch => batch
                .Add(Statement(table, "= ANY (ARRAY(", "))", "$1", "$2"))
                .Bind(before).Bind(BatchRows).Check(rows => deleted = rows),
            cancellationToken);
        return deleted;
    }

    /// <summary>The first rows are looked at, and no more: a table of millions in which nothing is due costs as little as a small one.</summary>
    private static string Statement(RetiredTable table, string open, string close, string before, string limit) =>
        $"""
        DELETE FROM {table.Name} WHERE {table.Key} {open}SELECT {table.Key} FROM
            (SELECT {table.Key}, {table.Time} FROM {table.Name} WHERE {table.Condition} ORDER BY {table.Key} LIMIT {limit}) AS first_rows
            WHERE {table.Time} < {before}{close}
        """;
}

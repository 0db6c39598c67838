using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Retention;

/// <summary>Deletes rows that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class RetentionService(
    IMainDatabase database, IEnumerable<RetiredTable> tables, DocumentChanges changes, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor, "retention")
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
        var now = time.GetUtcNow();
        var before = now - table.KeepFor;
        var isNoted = changes.AreNoted && table.Collection is not null;
        var deleted = 0;
        await database.WriteAsync(
            BatchRows,
            session =>
            {
                if (isNoted)
                {
                    session.Statement(Note(table, "0", "?1", "?2", "?3"))
                        .Bind(1, before.ToUnixTimeMilliseconds()).Bind(2, BatchRows).Bind(3, now.ToUnixTimeMilliseconds())
                        .Execute();
                }

                deleted = session.Statement(Deletion(table, "IN (", ")", "?1", "?2"))
                    .Bind(1, before.ToUnixTimeMilliseconds()).Bind(2, BatchRows)
                    .Execute();
            },
            batch =>
            {
                if (isNoted)
                    batch.Add(Note(table, "false", "$1", "$2", "$3")).Bind(before).Bind(BatchRows).Bind(now);
                batch.Add(Deletion(table, "= ANY (ARRAY(", "))", "$1", "$2")).Bind(before).Bind(BatchRows).Check(rows => deleted = rows);
            },
            cancellationToken);
        return deleted;
    }

    private static string Deletion(RetiredTable table, string open, string close, string before, string limit) =>
        $"DELETE FROM {table.Name} WHERE {table.Key} {open}SELECT {table.Key} {FromDue(table, before, limit)}{close}";

    /// <summary>Has the copies deleted with the rows.</summary>
    private static string Note(RetiredTable table, string no, string before, string limit, string now) =>
        $"""
        INSERT INTO document_changes (collection, first, last, anew, at)
        SELECT '{table.Collection}', min({table.Key}), max({table.Key}), {no}, {now} {FromDue(table, before, limit)} HAVING count(*) > 0
        """;

    /// <summary>The first rows are looked at, and no more: a table of millions in which nothing is due costs as little as a small one.</summary>
    private static string FromDue(RetiredTable table, string before, string limit) =>
        $"""
        FROM (SELECT {table.Key}, {table.Time} FROM {table.Name} WHERE {table.Condition} ORDER BY {table.Key} LIMIT {limit}) AS first_rows
        WHERE {table.Time} < {before}
        """;
}

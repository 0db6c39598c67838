using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;
using NpgsqlTypes;

namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>
/// Tells the other processes, by a row in PostgreSQL, what this one has accepted and what is parked in its inbox. It is behind by up to its
/// period; what a killed process had accepted since its last report is known only once it is stored.
/// </summary>
internal sealed class AcceptanceReporter(
    PostgresDatabase database, AcceptedRecords accepted, SqliteInbox inbox, DataDirectory directory, TimeProvider time, ILogger<AcceptanceReporter> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "acceptance-reports")
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private const string Report = """
        INSERT INTO accepted (run_id, message_type, instance, records, parked, reported_at)
        SELECT $1, message_type, $2, records, parked, $6 FROM unnest($3, $4, $5) AS report (message_type, records, parked)
        ON CONFLICT (run_id, message_type) DO UPDATE SET records = excluded.records, parked = excluded.parked, reported_at = excluded.reported_at
        """;

    private const string TakeOver = "UPDATE accepted SET parked = 0 WHERE instance = $1 AND run_id <> $2 AND parked > 0";

    private readonly Guid _run = Guid.CreateVersion7(time.GetUtcNow());
    private readonly Guid _instance = directory.Instance;
    private (string Type, long Records, long Parked)[]? _last;

    /// <summary>Reports a last time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await ReportAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            logger.LogDebug(exception, "What was accepted since the last report is known once it is stored");
        }
    }

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Period, ReportAsync, stopping);

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        // What is parked first: what moves on in between is then seen twice rather than not at all.
        var parked = inbox.Status.Records == 0
            ? []
            : inbox.ParkedRecords().ToDictionary(row => row.MessageType, row => row.Records, StringComparer.Ordinal);
        var counts = accepted.Read().ToDictionary(row => row.MessageType, row => row.Records, StringComparer.Ordinal);
        // What was reported once is reported as 0 when nothing of it is parked any more.
        var known = _last?.Select(row => row.Type) ?? [];
        (string Type, long Records, long Parked)[] rows =
        [
            .. counts.Keys.Union(parked.Keys, StringComparer.Ordinal).Union(known, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(type => (type, counts.GetValueOrDefault(type), parked.GetValueOrDefault(type))),
        ];
        if (_last is not null && rows.AsSpan().SequenceEqual(_last))
            return;

        // At first even without rows: an earlier process may have reported what is parked no more.
        var batch = new PostgresBatch();
        batch.Add(TakeOver).Bind(_instance).Bind(_run);
        batch.Add(Report).Bind(_run).Bind(_instance)
            .BindArray(Array.ConvertAll(rows, row => row.Type), NpgsqlDbType.Text)
            .BindArray(Array.ConvertAll(rows, row => row.Records), NpgsqlDbType.Bigint)
            .BindArray(Array.ConvertAll(rows, row => row.Parked), NpgsqlDbType.Bigint)
            .Bind(time.GetUtcNow());
        await database.ExecuteAsync(batch, cancellationToken);
        _last = rows;
    }
}

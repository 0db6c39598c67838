using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Failover;
using BusIngest.Sagas.Failover;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Outbox;

/// <summary>Reads failover sessions: of every process from their sagas, and this one's latest from its memory, which is ahead of its saga.</summary>
internal sealed class SessionQueries(SagasContext context, TimeProvider time, IServiceProvider services)
{
    /// <summary>The place of a session that has no saga yet: before all that have.</summary>
    private const long First = long.MaxValue;

    /// <summary>A page, newest first.</summary>
    public async Task<SessionPage> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var latest = services.GetService<IFailoverSessions>()?.Latest;
        var sagas = context.Instances.Where(x => x.Kind == FailoverState.Kind);
        var kept = await (page.After is { } after ? sagas.Where(x => x.Seq < after) : sagas)
            .OrderByDescending(x => x.Seq)
            .Take(page.Rows)
            .Select(x => new { x.Seq, x.CorrelationId, x.Document })
            .ToListAsync(cancellationToken);
        var rows = kept.ConvertAll(row => (row.Seq, Facts: row.CorrelationId == latest?.SessionId ? latest : Read(row.Document)));
        if (page.After is null && latest is not null && !await sagas.AnyAsync(x => x.CorrelationId == latest.SessionId, cancellationToken))
            rows = [(First, latest), .. rows.Take(page.Rows - 1)];

        var next = page.Cut(rows, row => row.Seq);
        var now = time.GetUtcNow();
        return new SessionPage([.. rows.Select(row => SessionView.Of(row.Facts, now))], next);
    }

    private static FailoverFacts Read(string document) =>
        JsonSerializer.Deserialize(document, FailoverStateJson.Default.FailoverState)?.Facts
            ?? throw new InvalidDataException("A saga's document is null.");
}

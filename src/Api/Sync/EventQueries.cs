using BusIngest.Api.Hosting;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Sync;

/// <summary>Reads what was ingested.</summary>
internal sealed class EventQueries(SyncContext context)
{
    /// <summary>A page, the last stored first.</summary>
    public async Task<EventPage> ListAsync(PageRequest page, EventFilter filter, CancellationToken cancellationToken)
    {
        var query = await MatchingAsync(filter, cancellationToken);
        if (page.After is { } after)
            query = query.Where(x => x.Seq < after);
        var (rows, next) = await page.ReadAsync(
            query.OrderByDescending(x => x.Seq).Select(x => new { x.Seq, x.Body }), row => row.Seq, row => row.Body.Length, cancellationToken);
        return new EventPage([.. rows.Select(row => new RawJson(row.Body))], next);
    }

    /// <summary>How many there are.</summary>
    public async Task<long> CountAsync(EventFilter filter, CancellationToken cancellationToken) =>
        await (await MatchingAsync(filter, cancellationToken)).LongCountAsync(cancellationToken);

    /// <summary>One event as JSON; of several sources' the last one stored. Null for an unknown id.</summary>
    public async Task<string?> FindAsync(string id, string? source, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(id, source, cancellationToken);
        return await context.Events
            .Where(x => keys.Contains(x.Key))
            .OrderByDescending(x => x.Seq)
            .Select(x => x.Body)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<List<Guid>> KeysAsync(string id, string? source, CancellationToken cancellationToken)
    {
        // What has events has a checkpoint.
        var sources = source is null ? await context.Checkpoints.Select(x => x.Source).ToListAsync(cancellationToken) : [source];
        return sources.ConvertAll(name => new EventKeys(name).Of(id));
    }

    private async Task<IQueryable<StoredEvent>> MatchingAsync(EventFilter filter, CancellationToken cancellationToken)
    {
        var query = context.Events.AsQueryable();
        if (filter.Id is { } id)
        {
            var keys = await KeysAsync(id, filter.Source, cancellationToken);
            query = query.Where(x => keys.Contains(x.Key));
        }

        if (filter.Source is { } source)
            query = query.Where(x => x.Source == source);
        if (filter.Type is { } type)
            query = query.Where(x => x.Type == type);
        if (filter.UserId is { } userId)
            query = query.Where(x => x.UserId == userId);
        if (filter.From is { } from)
            query = query.Where(x => x.Timestamp >= from);
        if (filter.To is { } to)
            query = query.Where(x => x.Timestamp < to);
        return query;
    }
}

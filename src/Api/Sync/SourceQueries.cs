using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Sync;

/// <summary>Reads sources.</summary>
internal sealed class SourceQueries(RunQueries runs, IMainDatabase database, Settings settings)
{
    /// <summary>A page, by name.</summary>
    public async Task<SourcePage> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        var pulled = await context.ReadAsync(() => context.Checkpoints.Select(x => x.Source).ToListAsync(cancellationToken));
        var names = pulled.Concat(settings.Sync.Sources.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var from = (int)Math.Min(page.After ?? 0, names.Count);
        var listed = names.Skip(from).Take(page.Rows).Select((name, i) => (Name: name, Place: from + i + 1L)).ToList();
        var next = page.Cut(listed, name => name.Place);

        var wanted = listed.ConvertAll(name => name.Name);
        var checkpoints = await context.ReadAsync(() => context.Checkpoints.Where(x => wanted.Contains(x.Source)).ToListAsync(cancellationToken));
        var lastRuns = await runs.FindAllAsync(checkpoints.ConvertAll(x => x.RunId), cancellationToken);
        return new SourcePage(
            wanted.ConvertAll(name =>
            {
                var checkpoint = checkpoints.Find(x => string.Equals(x.Source, name, StringComparison.Ordinal));
                return Show(name, checkpoint, checkpoint is null ? null : lastRuns.Find(run => run.RunId == checkpoint.RunId));
            }),
            next);
    }

    /// <summary>One source; null for a name that neither the settings nor a run has had.</summary>
    public async Task<SourceView?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        var checkpoint = await context.ReadAsync(() => context.Checkpoints.SingleOrDefaultAsync(x => x.Source == name, cancellationToken));
        if (checkpoint is null)
            return settings.Sync.Sources.ContainsKey(name) ? Show(name, null, null) : null;
        return Show(name, checkpoint, await runs.FindAsync(checkpoint.RunId, cancellationToken));
    }

    private SourceView Show(string name, SyncCheckpoint? checkpoint, RunView? run)
    {
        settings.Sync.Sources.TryGetValue(name, out var configured);
        return new SourceView
        {
            Source = name,
            Configured = configured is not null,
            BaseUrl = configured?.Definition.BaseUrl ?? run?.Definition?.BaseUrl,
            Events = checkpoint?.SourceEvents ?? 0,
            UpdatedAt = checkpoint?.UpdatedAt,
            Pace = PaceView.Read(checkpoint?.Pace),
            Schedule = checkpoint is null ? null : new SourceScheduleView(checkpoint.RunId, run?.State, run?.NextFetchAt, run?.EndedAt),
        };
    }
}

using BusIngest.Api.Hosting;
using BusIngest.Api.Sync;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The latest run of each source, of the sources that were pulled last.</summary>
internal sealed class SyncFigureSource(RunQueries runs) : IFigureSource
{
    /// <summary>Clients may name sources of their own; so many runs are looked at.</summary>
    private const int Latest = 50;

    private const double Milliseconds = 1_000;

    public string Name => "sync";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        var page = await runs.ListAsync(new PageRequest(Latest, null), state: null, source: null, cancellationToken);
        foreach (var run in page.Runs.DistinctBy(run => run.Source, StringComparer.Ordinal))
            Add(sheet, run);
    }

    private static void Add(FigureSheet sheet, RunView run)
    {
        var source = ("source", run.Source);
        foreach (var state in RunStates.All)
            sheet.Add(FigureNames.SyncRuns, string.Equals(state, run.State, StringComparison.Ordinal) ? 1 : 0, source, ("state", state));
        sheet.Add(FigureNames.SyncEvents, run.EventsFetched, source, ("outcome", "fetched"));
        sheet.Add(FigureNames.SyncEvents, run.EventsStored, source, ("outcome", "stored"));
        sheet.Add(FigureNames.SyncEvents, run.Duplicates, source, ("outcome", "duplicate"));
        sheet.Add(FigureNames.SyncEvents, run.Rejected, source, ("outcome", "rejected"));
        sheet.Add(FigureNames.SyncPages, run.Pages, source);
        sheet.Add(FigureNames.SyncPercent, run.Percent, source);
        sheet.Add(FigureNames.SyncRate, run.RateLimit?.Remaining, source);
        sheet.Add(FigureNames.SyncRetries, run.Retries, source);
        sheet.Add(FigureNames.SyncCursorAge, run.CursorAgeMs / Milliseconds, source);
    }
}

using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>What waits: in this process's files, and, told by those who answer HTTP, what all share.</summary>
internal sealed class BacklogFigures(Backlogs backlogs, Settings settings, TimeProvider time) : IFigureSource
{
    public string Name => "backlog";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var backlog in backlogs.ReadFiles())
            Add(sheet, backlog, now);
        if (!settings.Roles.HasFlag(Roles.Api))
            return;

        foreach (var backlog in await backlogs.ReadSharedAsync(cancellationToken))
            Add(sheet, backlog, now);
    }

    private static void Add(FigureSheet sheet, Backlog backlog, DateTimeOffset now)
    {
        ReadOnlySpan<(string, string)> tags = [("stage", backlog.Stage), ("workload", backlog.Workload), ("name", backlog.Name)];
        sheet.Add(FigureNames.BacklogMessages, backlog.Messages, tags);
        sheet.Add(FigureNames.BacklogRecords, backlog.Records, tags);
        sheet.Add(FigureNames.BacklogAge, backlog.Oldest is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : null, tags);
    }
}

using BusIngest.Api.Timers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BusIngest.Api.Commands;

/// <summary>Shows a page of timers as a table with their counts below it.</summary>
internal static class TimersTable
{
    private static readonly string[] Columns = ["Timer", "Status", "Time left", "Attempts", "Fired late", "Delivered late", "Last error"];

    /// <summary>Draws the page.</summary>
    /// <param name="page">As it was answered.</param>
    /// <param name="age">How long ago that was; the time left is less by it.</param>
    public static IRenderable Of(TimerPage page, TimeSpan age)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, title) in Columns.Index())
        {
            var column = new TableColumn(new Text(title, new Style(decoration: Decoration.Bold)));
            column.Alignment = index is >= 2 and <= 5 ? Justify.Right : Justify.Left;
            column.NoWrap = index < 6;
            table.AddColumn(column);
        }

        foreach (var timer in page.Timers)
            table.AddRow(Row(timer, age));
        return new Rows(table, new Text(Footer(page), new Style(Color.Grey)));
    }

    private static IEnumerable<IRenderable> Row(TimerView timer, TimeSpan age) =>
    [
        new Text(timer.TimerId.ToString()),
        new Text(TimerText.Printable(timer.TimerStatus), StyleOf(timer.TimerStatus)),
        new Text(TimerText.Left(timer, age)),
        new Text($"{timer.Attempts}"),
        new Text(TimerText.Late(timer.FiredAt - timer.DueAt)),
        new Text(TimerText.Late(timer.DeliveredAt - timer.DueAt)),
        new Text(TimerText.Printable(timer.LastError ?? "")),
    ];

    private static string Footer(TimerPage page)
    {
        var counts = TimerStatus.All
            .Select(status => (Status: status, Count: page.Timers.Count(timer => string.Equals(timer.TimerStatus, status, StringComparison.Ordinal))))
            .Where(pair => pair.Count > 0)
            .Select(pair => $"{pair.Count} {pair.Status}");
        var shown = page.Next is null ? $"{page.Timers.Count} timers" : $"the newest {page.Timers.Count} timers";
        return string.Join("  ", counts.Prepend(shown));
    }

    private static Style StyleOf(string status) => new(status switch
    {
        TimerStatus.Scheduled => Color.Blue,
        TimerStatus.Running => Color.Yellow,
        TimerStatus.Finished => Color.Green,
        TimerStatus.Failed => Color.Red,
        _ => Color.Grey,
    });
}

using System.Globalization;
using BusIngest.Api.Orders;
using Spectre.Console;

namespace BusIngest.Api.Commands;

/// <summary>Sums a run up in a table.</summary>
internal static class OrdersSummary
{
    /// <summary>Writes the table.</summary>
    public static void Write(OrdersStatus run, TextWriter text)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(Right("Orders")).AddColumn(Right("Time")).AddColumn(Right("Orders/s"));
        Add(table, "Generated", run.Progress.Generated, run.GenerationTimeMs, Durations.Rate(run.Progress.Generated, run.GenerationTimeMs));
        Add(table, "VIP", run.Counts.Vip, run.Processing.Vip.TimeMs, run.Throughput.Vip);
        Add(table, "NORMAL", run.Counts.Normal, run.Processing.Normal.TimeMs, run.Throughput.Normal);
        Add(table, $"All: {run.Phase}", run.Progress.ProcessedTotal, run.WallClockMs, Durations.Rate(run.Progress.ProcessedTotal, run.WallClockMs));
        var console = TimersWatch.PlainConsole(text);
        console.Write(table);
        if (run.Counts.Failed > 0)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Counts.Failed:N0} orders failed"));
    }

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static void Add(Table table, string name, long orders, long milliseconds, double rate) => table.AddRow(
        new Text(name),
        new Text(orders.ToString("N0", CultureInfo.InvariantCulture)),
        new Text(string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1_000.0:0.000} s")),
        new Text(rate.ToString("N0", CultureInfo.InvariantCulture)));
}

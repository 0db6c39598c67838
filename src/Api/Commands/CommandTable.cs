using Spectre.Console;

namespace BusIngest.Api.Commands;

/// <summary>Makes the tables that commands show.</summary>
internal static class CommandTable
{
    /// <summary>A table without rows.</summary>
    /// <param name="columns">Its titles; those that end in # are of numbers, and stand at the right.</param>
    public static Table Of(params IReadOnlyList<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, title) in columns.Index())
        {
            var isNumber = title.EndsWith('#');
            table.AddColumn(new TableColumn(new Text(title.TrimEnd('#'), new Style(decoration: Decoration.Bold)))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left,
                NoWrap = index < columns.Count - 1,
            });
        }

        return table;
    }

    /// <summary>Adds a row of texts, as they are printable.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(TimerText.Printable(cell))));

    /// <summary>A time to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

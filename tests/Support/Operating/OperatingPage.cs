using BusIngest.Support.Programs;

namespace BusIngest.Support.Operating;

/// <summary>The scripts of docs/operating.md, so that what is documented is what is tested.</summary>
public static class OperatingPage
{
    private const string End = "```";

    /// <summary>The block of commands below a marker.</summary>
    /// <param name="name">What the marker says.</param>
    /// <exception cref="InvalidOperationException">There is no such marker.</exception>
    public static string Script(string name) => Block(name, "sh");

    /// <summary>The block of SQL below a marker.</summary>
    /// <param name="name">What the marker says.</param>
    /// <exception cref="InvalidOperationException">There is no such marker.</exception>
    public static string Sql(string name) => Block(name, "sql");

    private static string Block(string name, string language)
    {
        var begin = $"```{language}\n";
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "operating.md"));
        var marker = $"<!-- tested: {name} -->";
        var from = text.IndexOf(marker, StringComparison.Ordinal);
        if (from < 0)
            throw new InvalidOperationException($"docs/operating.md has no {marker}");

        from = text.IndexOf(begin, from, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(End, from, StringComparison.Ordinal)];
    }
}

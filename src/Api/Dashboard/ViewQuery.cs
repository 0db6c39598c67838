namespace BusIngest.Api.Dashboard;

/// <summary>What of a page is asked for: the known fields of its address. One for each rendering, set before it.</summary>
internal sealed class ViewQuery
{
    private const int LongestValue = 200;

    /// <summary>In order, so that one view has one key.</summary>
    private static readonly string[] Known = ["a", "account", "after", "b", "from", "id", "kind", "level", "state", "to", "type", "window"];

    private readonly SortedDictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>A field; null when it is not given.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>A field that is an id; null when it is not given, or is none.</summary>
    public Guid? Id(string name) => Guid.TryParse(this[name], out var id) ? id : null;

    /// <summary>The fields as a query: empty, or beginning with a question mark.</summary>
    public string Text => Write(_fields);

    /// <summary>The same with another value of a field.</summary>
    public string TextWith(string name, string value) =>
        Write(new SortedDictionary<string, string>(_fields, StringComparer.Ordinal) { [name] = value });

    /// <summary>Reads a request's query; what no page knows is left out.</summary>
    public static ViewQuery Of(IQueryCollection query)
    {
        var view = new ViewQuery();
        foreach (var name in Known)
        {
            if (query.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= LongestValue } value])
                view._fields[name] = value;
        }

        return view;
    }

    private static string Write(SortedDictionary<string, string> fields) => fields.Count == 0
        ? ""
        : "?" + string.Join('&', fields.Select(x => $"{x.Key}={Uri.EscapeDataString(x.Value)}"));

    /// <summary>Becomes the same as another one.</summary>
    public void Set(ViewQuery other)
    {
        foreach (var (name, value) in other._fields)
            _fields[name] = value;
    }
}

using System.Globalization;

namespace BusIngest.Api.Hosting;

/// <summary>A field of a query: what it may hold, for those who read it and for those who describe it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">What it does.</param>
internal sealed record QueryField(string Name, QueryFieldKind Kind, string Description)
{
    /// <summary>`limit` of a listing with cursors.</summary>
    public static QueryField Limit { get; } = Whole("limit", PageRequest.DefaultLimit, 1, PageRequest.MaxLimit, "How many rows a page has");

    /// <summary>`after` of a listing with cursors.</summary>
    public static QueryField After { get; } =
        Text("after", "The `next` of an earlier page of this listing with the same filter; without it, the first page");

    /// <summary>The least whole number.</summary>
    public long Least { get; private init; }

    /// <summary>The greatest whole number.</summary>
    public long Most { get; private init; }

    /// <summary>What counts where it is not given, as it is written; null: nothing.</summary>
    public string? Absent { get; private init; }

    /// <summary>The words that it may be.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="absent">What counts where it is not given.</param>
    /// <param name="least">The least that it may be, at least 0.</param>
    /// <param name="most">The most.</param>
    /// <param name="description">What it does.</param>
    public static QueryField Whole(string name, long absent, long least, long most, string description) =>
        new(name, QueryFieldKind.Whole, description) { Least = least, Most = most, Absent = absent.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Yes or no.</summary>
    public static QueryField Flag(string name, bool absent, string description) =>
        new(name, QueryFieldKind.Flag, description) { Absent = absent ? "true" : "false" };

    /// <summary>One of some words.</summary>
    public static QueryField Word(string name, IReadOnlyList<string> words, string description, string? absent = null) =>
        new(name, QueryFieldKind.Word, description) { Words = words, Absent = absent };

    /// <summary>Any text.</summary>
    public static QueryField Text(string name, string description) => new(name, QueryFieldKind.Text, description);

    /// <summary>A time of ISO 8601.</summary>
    public static QueryField Time(string name, string description) => new(name, QueryFieldKind.Time, description);
}

using Microsoft.Net.Http.Headers;

namespace BusIngest.Api.Hosting;

/// <summary>In which form a listing is answered.</summary>
internal enum ListFormat
{
    /// <summary>A JSON object with the rows and `next`.</summary>
    Json,

    /// <summary>A row a line, each a JSON object (https://github.com/ndjson/ndjson-spec).</summary>
    NdJson,

    /// <summary>Comma-separated values with a line of names first (RFC 4180).</summary>
    Csv,
}

/// <summary>Chooses the form of a listing by what a client accepts.</summary>
internal static class ListFormats
{
    /// <summary>The media type of <see cref="ListFormat.NdJson"/>.</summary>
    public const string NdJson = "application/x-ndjson";

    /// <summary>The media type of <see cref="ListFormat.Csv"/>.</summary>
    public const string Csv = "text/csv";

    private static readonly string[] NdJsonNames = [NdJson, "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    /// <summary>The form that a request likes best; of what it likes as well, the first it names. JSON where it names none of them.</summary>
    public static ListFormat Accepted(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return ListFormat.Json;

        var (best, quality) = (ListFormat.Json, 0.0);
        foreach (var type in accepted)
        {
            if (Of(type) is { } format && (type.Quality ?? 1) > quality)
                (best, quality) = (format, type.Quality ?? 1);
        }

        return best;
    }

    private static ListFormat? Of(MediaTypeHeaderValue type)
    {
        if (type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase))
            return ListFormat.Csv;
        if (NdJsonNames.Any(name => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return ListFormat.NdJson;
        return type.MatchesAllTypes || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase)
            ? ListFormat.Json
            : null;
    }
}

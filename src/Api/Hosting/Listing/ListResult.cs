using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BusIngest.Api.Hosting;

/// <summary>A page of a listing, answered as JSON, NDJSON or CSV. The last two have no place for `next`: it is in a `Link` header (RFC 8288), as with JSON.</summary>
/// <typeparam name="TPage">The page as JSON shows it.</typeparam>
/// <typeparam name="TRow">A row.</typeparam>
/// <param name="page">The page.</param>
/// <param name="pageJson">How it is written.</param>
/// <param name="rows">Its rows.</param>
/// <param name="rowJson">How each is written.</param>
/// <param name="next">What leads to the next page; null at the end.</param>
internal sealed class ListResult<TPage, TRow>(
    TPage page, JsonTypeInfo<TPage> pageJson, IReadOnlyList<TRow> rows, JsonTypeInfo<TRow> rowJson, string? next) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (next is not null)
            response.Headers.Append(HeaderNames.Link, $"<{NextPage(httpContext.Request, next)}>; rel=\"next\"");

        return ListFormats.Accepted(httpContext.Request) switch
        {
            ListFormat.NdJson => WriteLinesAsync(response),
            ListFormat.Csv => WriteCsvAsync(response),
            _ => TypedResults.Json(page, pageJson).ExecuteAsync(httpContext),
        };
    }

    private static string NextPage(HttpRequest request, string next)
    {
        var query = request.Query.Where(field => !field.Key.Equals("after", StringComparison.OrdinalIgnoreCase))
            .Append(new KeyValuePair<string, StringValues>("after", next));
        return $"{request.PathBase}{request.Path}{QueryString.Create(query)}";
    }

    private async Task WriteLinesAsync(HttpResponse response)
    {
        response.ContentType = ListFormats.NdJson;
        using var writer = new Utf8JsonWriter(response.BodyWriter);
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(writer, row, rowJson);
            writer.Reset();
            response.BodyWriter.Write("\n"u8);
        }

        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    private async Task WriteCsvAsync(HttpResponse response)
    {
        response.ContentType = $"{ListFormats.Csv}; charset=utf-8; header=present";
        var objects = rows.Select(row => JsonSerializer.SerializeToElement(row, rowJson));
        await response.WriteAsync(CsvTable.Write([.. rowJson.Properties.Select(property => property.Name)], [.. objects]), response.HttpContext.RequestAborted);
    }
}

using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace BusIngest.Api.Hosting;

/// <summary>
/// Refuses a body on a route that reads none: what its sender meant would be ignored. An empty object means nothing, and passes, as do blanks.
/// </summary>
internal static class StrayBody
{
    /// <summary>Looks at a body that is in hand.</summary>
    /// <returns>Null when the route reads it, or it means nothing.</returns>
    public static async ValueTask<ProblemHttpResult?> RefuseAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        if (metadata.GetMetadata<IAcceptsMetadata>() is not null || metadata.GetMetadata<RouteBodyLimit>() is not null)
            return null;

        var reader = context.Request.BodyReader;
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var errors = Judge(body);
        reader.AdvanceTo(body.End);
        return errors.AreNone ? null : Problems.Validation(errors.ByField);
    }

    private static FieldErrors Judge(in ReadOnlySequence<byte> body)
    {
        var errors = new FieldErrors();
        if (IsBlank(body))
            return errors;

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                foreach (var field in document.RootElement.EnumerateObject())
                    errors.Add(field.Name, "is not read from a body here; what this route takes stands in its query");
            }
            else if (document.RootElement.ValueKind is not JsonValueKind.Null)
            {
                errors.Add("$", "this route takes no body");
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            errors.Add("$", "this route takes no body");
        }

        return errors;
    }

    private static bool IsBlank(in ReadOnlySequence<byte> body)
    {
        foreach (var part in body)
        {
            if (part.Span.ContainsAnyExcept(" \t\r\n"u8))
                return false;
        }

        return true;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace BusIngest.Api.Hosting;

/// <summary>Reads bodies whatever their Content-Type says: what is not JSON is found out by reading it.</summary>
internal static class RequestBody
{
    /// <summary>To declare beside application/json, or routing would answer 415 to a body that curl sent by its defaults.</summary>
    public const string AnyType = "*/*";

    /// <summary>Reads to the end; the bytes stay valid until the pipe is advanced.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, or broke off.</exception>
    public static async ValueTask<ReadOnlySequence<byte>> ReadToEndAsync(this PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            if (result.IsCompleted)
                return result.Buffer;
            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The value of a field; false where there is none.</summary>
    public static bool TryGetField(this JsonElement body, string name, out JsonElement value)
    {
        try
        {
            return body.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            // Among the names is one with half a surrogate pair, which can't be compared.
            value = default;
            return false;
        }
    }

    /// <summary>Reads a small JSON object.</summary>
    /// <exception cref="BadHttpRequestException">It is not JSON; answered with 400.</exception>
    public static async Task<JsonElement> ReadJsonAsync(this HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body is not JSON.", exception);
        }
    }
}

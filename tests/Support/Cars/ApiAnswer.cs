using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace BusIngest.Support.Cars;

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">Its status.</param>
/// <param name="MediaType">Its content type without parameters; null without a body.</param>
/// <param name="RetryAfter">Its Retry-After.</param>
/// <param name="Text">Its body.</param>
public sealed record ApiAnswer(HttpStatusCode Status, string? MediaType, RetryConditionHeaderValue? RetryAfter, string Text)
{
    /// <summary>Reads it.</summary>
    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) => new(
        answer.StatusCode,
        answer.Content.Headers.ContentType?.MediaType,
        answer.Headers.RetryAfter,
        await answer.Content.ReadAsStringAsync(cancellationToken));

    /// <summary>The body as JSON.</summary>
    public JsonElement Json() => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The names in a problem's `errors`; none when there are no errors.</summary>
    public IReadOnlyList<string> ErrorNames() =>
        Json().TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
            ? errors.EnumerateObject().Select(static error => error.Name).ToList()
            : [];
}

using System.Net;
using System.Text.Json;

namespace BusIngest.Specs.Idempotency;

/// <summary>An answer to a request under an idempotency key.</summary>
/// <param name="Status">Its status.</param>
/// <param name="MediaType">Its content type without parameters.</param>
/// <param name="IsReplayed">Whether it says that it was given before.</param>
/// <param name="Text">Its body.</param>
internal sealed record KeyedAnswer(HttpStatusCode Status, string? MediaType, bool IsReplayed, string Text)
{
    public static async Task<KeyedAnswer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() is "true",
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>The ids of accepted cars.</summary>
    public List<Guid> Ids()
    {
        Assert.Equal(HttpStatusCode.Accepted, Status);
        return [.. JsonSerializer.Deserialize<JsonElement>(Text).GetProperty("ids").EnumerateArray().Select(id => id.GetGuid())];
    }
}

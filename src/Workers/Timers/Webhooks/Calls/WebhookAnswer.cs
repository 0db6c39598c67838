using Microsoft.AspNetCore.WebUtilities;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>What a webhook answered, as far as its headers tell; the body is still to come, until this is disposed of.</summary>
internal sealed class WebhookAnswer(HttpResponseMessage response) : IDisposable
{
    /// <summary>The status code.</summary>
    public int Status { get; } = (int)response.StatusCode;

    /// <summary>The header Location.</summary>
    public string? Location { get; } = Header(response, "Location");

    /// <summary>The header Retry-After.</summary>
    public string? RetryAfter { get; } = Header(response, "Retry-After");

    /// <summary>The body.</summary>
    public HttpContent Content => response.Content;

    /// <summary>Why its redirect was not followed; null when it is none.</summary>
    public string? RefusedRedirect { get; set; }

    /// <summary>The status code with its usual phrase, not the one that the other side wrote.</summary>
    public string StatusText => $"{Status} {ReasonPhrases.GetReasonPhrase(Status)}".TrimEnd();

    /// <inheritdoc />
    public void Dispose() => response.Dispose();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}

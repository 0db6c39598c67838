using Microsoft.AspNetCore.WebUtilities;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>What a webhook answered.</summary>
internal sealed record WebhookAnswer
{
    /// <summary>The status code.</summary>
    public required int Status { get; init; }

    /// <summary>The header Location.</summary>
    public string? Location { get; init; }

    /// <summary>The header Retry-After.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The beginning of the body.</summary>
    public required string Body { get; init; }

    /// <summary>Why its redirect was not followed; null when it is none.</summary>
    public string? RefusedRedirect { get; init; }

    /// <summary>The status code with its usual phrase, not the one that the other side wrote.</summary>
    public string StatusText => $"{Status} {ReasonPhrases.GetReasonPhrase(Status)}".TrimEnd();
}

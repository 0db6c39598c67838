using System.Text.Json;

namespace BusIngest.Support.Timers;

/// <summary>A call of a webhook, as the other side saw it.</summary>
/// <param name="Id">The header webhook-id.</param>
/// <param name="TimerId">The timer of its body.</param>
/// <param name="DueAt">When the timer was due, as the body says.</param>
/// <param name="FiredAt">When it fired, as the body says.</param>
/// <param name="At">When the request came.</param>
/// <param name="Path">What it called, without the query; it tells whose timer it is.</param>
/// <param name="Status">What it is answered; null when it is left without an answer.</param>
public sealed record WebhookArrival(
    string Id, Guid TimerId, DateTimeOffset DueAt, DateTimeOffset FiredAt, DateTimeOffset At, string Path, int? Status)
{
    /// <summary>Whether the answer was written before the caller went away.</summary>
    public bool Answered { get; set; }

    /// <summary>Reads the request's parts.</summary>
    /// <exception cref="JsonException">The body is not what a webhook carries.</exception>
    public static WebhookArrival Read(string id, byte[] body, DateTimeOffset at, string path, int? status)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(body);
        return new WebhookArrival(
            id,
            json.GetProperty("timerId").GetGuid(),
            json.GetProperty("dueAt").GetDateTimeOffset(),
            json.GetProperty("firedAt").GetDateTimeOffset(),
            at,
            path,
            status);
    }
}

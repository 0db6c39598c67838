using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Contracts;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Events;

/// <summary>The body of a post.</summary>
/// <param name="Events">The events, 1–1,000.</param>
internal sealed record EventsPosted([property: MinLength(1), MaxLength(EventsBody.MaxEvents)] IReadOnlyList<RecordedEvent> Events);

/// <summary>The answer to events that were accepted.</summary>
/// <param name="StatusCode">202.</param>
/// <param name="JobId">By what to ask for what has become of them.</param>
/// <param name="Queued">How many.</param>
internal sealed record EventsAccepted(
    [property: JsonPropertyName("statusCode")] int StatusCode, [property: JsonPropertyName("jobId")] string JobId, int Queued);

/// <summary>Where a batch is.</summary>
/// <param name="JobId">The batch.</param>
/// <param name="State">`queued`, `stored` or `failed`.</param>
/// <param name="Known">How many of its events were known before, and so did not count again; only of a batch that is stored.</param>
internal sealed record JobView(
    [property: JsonPropertyName("jobId")] string JobId,
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Known)
{
    /// <summary>Shows what has become of a batch's message.</summary>
    public static JobView Of(string jobId, MessageStanding standing, int? known) => new(
        jobId,
        standing switch
        {
            MessageStanding.Consumed => "stored",
            MessageStanding.Failed => "failed",
            _ => "queued",
        },
        known);
}

/// <summary>Some accounts.</summary>
/// <param name="Ids">Their ids.</param>
internal sealed record AccountIds([property: JsonPropertyName("account_ids")] IReadOnlyList<string> Ids);

/// <summary>A summary.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Window">The window, as it was asked for.</param>
/// <param name="Totals">Events by type; types without any are left out.</param>
/// <param name="TopUsers">The busiest users, the busiest first.</param>
/// <param name="AsOf">What was accepted before is in it.</param>
internal sealed record SummaryView(
    string AccountId, string Window, IReadOnlyDictionary<string, long> Totals, IReadOnlyList<UserEvents> TopUsers, DateTimeOffset AsOf)
{
    /// <summary>Shows a summary.</summary>
    public static SummaryView Of(AccountSummary summary, string window)
    {
        var totals = new Dictionary<string, long>(EventTypes.Count, StringComparer.Ordinal);
        for (var type = (EventType)0; (int)type < EventTypes.Count; type++)
        {
            if (summary.Totals[type] is > 0 and var events)
                totals[type.Name()] = events;
        }

        return new SummaryView(summary.AccountId, window, totals, summary.TopUsers, summary.AsOf);
    }
}

/// <summary>How the events' answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimeConverter), typeof(EventTypeConverter)])]
[JsonSerializable(typeof(EventsPosted))]
[JsonSerializable(typeof(EventsAccepted))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(AccountIds))]
[JsonSerializable(typeof(SummaryView))]
internal sealed partial class EventApiJson : JsonSerializerContext;

using System.Text.Json;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>How the api's outbox came through a promotion, by /outbox/sessions and the lines of its failover-metrics log.</summary>
/// <param name="FirstWrite">From the news of the promotion to the first confirmed write on the new master, as the session says.</param>
/// <param name="Lines">The session's lines: the event, and the milliseconds since the failure.</param>
internal sealed record PromotionTimes(TimeSpan FirstWrite, IReadOnlyList<string> Lines)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the api's outbox is back on a master that was promoted after a time.</summary>
    public static async Task<PromotionTimes> ReadAsync(Cluster cluster, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var api = new CarsApi(() => cluster.Url(ClusterNames.Api));
        var lines = new List<JsonElement>();
        var (promoted, returned) = await Eventually.BecomesAsync(
            "A session of the api tells of the promotion and of the return",
            async token =>
            {
                lines = [.. await LinesAsync(cluster, token)];
                var promoted = lines.FindLast(line => Event(line) is "SENTINEL_PROMOTION" && At(line) >= after);
                if (promoted.ValueKind is JsonValueKind.Undefined)
                    return default;
                var session = await SessionAsync(api, promoted.GetProperty("sessionId").GetGuid(), token);
                return (Promoted: Time(session, "promotionSeenAt"), Returned: Time(session, "backToPrimaryAt"));
            },
            static seen => seen.Promoted is not null && seen.Returned > seen.Promoted,
            Deadline,
            cancellationToken);
        return new PromotionTimes(
            returned!.Value - promoted!.Value,
            [.. lines.Where(line => At(line) >= after).Select(static line => $"{Event(line)} {line.GetProperty("sinceDetectedMs")} ms")]);
    }

    /// <inheritdoc />
    public override string ToString() => $"{FirstWrite.TotalMilliseconds:0} ms ({string.Join(", ", Lines)})";

    private static async Task<JsonElement> SessionAsync(CarsApi api, Guid id, CancellationToken cancellationToken) =>
        (await api.GetAsync("outbox/sessions", cancellationToken)).GetProperty("sessions").EnumerateArray()
            .FirstOrDefault(session => session.GetProperty("sessionId").GetGuid() == id);

    private static async Task<IEnumerable<JsonElement>> LinesAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var lines = new List<JsonElement>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(cluster.DirectoryPath, "logs", ClusterNames.Api), "failover-metrics-*.log").Order(StringComparer.Ordinal))
        {
            foreach (var line in await File.ReadAllLinesAsync(file, cancellationToken))
                lines.Add(JsonSerializer.Deserialize<JsonElement>(line));
        }

        return lines;
    }

    private static string Event(JsonElement line) => line.GetProperty("event").GetString()!;

    private static DateTimeOffset At(JsonElement line) => line.GetProperty("timestamp").GetDateTimeOffset();

    private static DateTimeOffset? Time(JsonElement session, string name) =>
        session.ValueKind is JsonValueKind.Object && session.GetProperty(name) is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null;
}

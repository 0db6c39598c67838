using System.Diagnostics;
using System.Text.Json;

namespace BusIngest.Bench.Twins;

/// <summary>The least that pulls an API: one page after the other is fetched, parsed, and stored in a transaction.</summary>
internal sealed class RawPull(string url, string apiKey, IRawEvents store)
{
    private const int PageSize = 5_000;

    /// <summary>Time spent on getting pages.</summary>
    public TimeSpan Fetching { get; private set; }

    /// <summary>Time spent on storing them.</summary>
    public TimeSpan Storing { get; private set; }

    /// <summary>Pulls all there is.</summary>
    /// <returns>Events, and in which time.</returns>
    public async Task<(long Events, TimeSpan Elapsed)> RunAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-API-Key", apiKey);
        var (events, begun, cursor) = (0L, Stopwatch.GetTimestamp(), "");
        while (cursor is not null)
        {
            var fetchingSince = Stopwatch.GetTimestamp();
            using var page = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri($"{url}/events?limit={PageSize}{cursor}")));
            var rows = page.RootElement.GetProperty("data").EnumerateArray().Select(RawEvent.Of).ToList();
            Fetching += Stopwatch.GetElapsedTime(fetchingSince);
            var storingSince = Stopwatch.GetTimestamp();
            await store.StoreAsync(rows);
            Storing += Stopwatch.GetElapsedTime(storingSince);
            events += rows.Count;
            var next = page.RootElement.GetProperty("pagination").GetProperty("nextCursor").GetString();
            cursor = next is null ? null : $"&cursor={Uri.EscapeDataString(next)}";
        }

        return (events, Stopwatch.GetElapsedTime(begun));
    }
}

/// <summary>An event of the twin.</summary>
internal sealed record RawEvent(string Id, string Type, string UserId, long Time, string Body)
{
    /// <summary>Reads one; the forms of its time are taken as they come.</summary>
    public static RawEvent Of(JsonElement item)
    {
        var time = item.GetProperty("timestamp");
        var ms = time.ValueKind == JsonValueKind.Number ? time.GetInt64()
            : long.TryParse(time.GetString(), out var number) ? number
            : DateTimeOffset.Parse(time.GetString()!).ToUnixTimeMilliseconds();
        return new RawEvent(
            item.GetProperty("id").GetString()!, item.GetProperty("type").GetString()!, item.GetProperty("userId").GetString()!, ms, item.GetRawText());
    }
}

/// <summary>Where the twin stores.</summary>
internal interface IRawEvents : IAsyncDisposable
{
    /// <summary>Stores a page, each id once.</summary>
    Task StoreAsync(IReadOnlyList<RawEvent> rows);
}

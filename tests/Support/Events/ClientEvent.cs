using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusIngest.Support.Storage;

namespace BusIngest.Support.Events;

/// <summary>Events whose every field follows from their number, so that what is stored can be held against it.</summary>
public static class ClientEvent
{
    private const int Accounts = 12;
    private const int Users = 40;
    private const long WeekMs = 7L * 24 * 3_600_000;
    private static readonly string[] Types = ["message_sent", "call_made", "form_submitted", "login", "custom"];

    /// <summary>The row that an event of a run must become.</summary>
    /// <param name="run">Tells the ids of one run from another's.</param>
    /// <param name="epochMs">The last moment that an event may be of.</param>
    /// <param name="number">The event.</param>
    public static StoredEventRow Of(string run, long epochMs, long number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{run}-{number}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        var account = hash[0] < 128 ? 0 : hash[1] % Accounts;
        var back = hash[5] < 128 ? BitConverter.ToUInt32(hash, 6) % 60_000 : BitConverter.ToUInt64(hash, 6) % (ulong)WeekMs;
        return new StoredEventRow(id, $"{run}-account-{account}", $"user-{hash[2] % Users}", Types[hash[3] % Types.Length], epochMs - (long)back);
    }

    /// <summary>A body of events.</summary>
    public static byte[] Body(IEnumerable<StoredEventRow> events) => Encoding.UTF8.GetBytes(
        $$"""{"events":[{{string.Join(',', events.Select(Json))}}]}""");

    private static string Json(StoredEventRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"event_id":"{{row.EventId}}","account_id":"{{row.AccountId}}","user_id":"{{row.UserId}}","type":"{{row.Type}}","timestamp":"{{DateTimeOffset.FromUnixTimeMilliseconds(row.TimestampMs):yyyy-MM-ddTHH:mm:ss.fffZ}}","metadata":{"n":1} }""");
}

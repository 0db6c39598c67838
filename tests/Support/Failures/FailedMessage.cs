using System.Text.Json;

namespace BusIngest.Support.Failures;

/// <summary>A message that its consumer gave up on, as GET /messages/failed lists it.</summary>
/// <param name="Id">What retry and delete name it by.</param>
/// <param name="Type">What kind of message it is.</param>
/// <param name="Endpoint">Where it failed.</param>
/// <param name="Exception">Why.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="Payload">What it carries, as JSON text.</param>
public sealed record FailedMessage(string Id, string Type, string Endpoint, string Exception, int Attempts, DateTimeOffset FailedAt, string Payload)
{
    /// <summary>Reads one entry of the list.</summary>
    public static FailedMessage Read(JsonElement entry) => new(
        entry.GetProperty("id").ToString(),
        entry.GetProperty("type").ToString(),
        entry.GetProperty("endpoint").ToString(),
        entry.GetProperty("exception").ToString(),
        entry.GetProperty("attempts").GetInt32(),
        entry.GetProperty("failedAt").GetDateTimeOffset(),
        entry.GetProperty("payload").ToString());
}

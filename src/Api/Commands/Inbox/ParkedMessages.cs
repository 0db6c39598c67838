namespace BusIngest.Api.Commands.Inbox;

/// <summary>What waits in the inbox of a data directory, of one type.</summary>
/// <param name="DataDir">The directory.</param>
/// <param name="Type">The messages' name.</param>
/// <param name="Endpoint">The one endpoint they are for; null: every one that subscribes to the type.</param>
/// <param name="Messages">Rows.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Bytes">Their bodies, in bytes.</param>
/// <param name="Oldest">When the first of them was accepted.</param>
internal sealed record ParkedMessages(string DataDir, string Type, string? Endpoint, long Messages, long Records, long Bytes, DateTimeOffset Oldest);

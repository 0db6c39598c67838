using System.Text.Json;
using BusIngest.Bus.Inbox;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>A message as it reached the server.</summary>
internal sealed record LaneMessage(Guid MessageId, string MessageType, string? Endpoint, int Records, string ContentType, byte[] Body)
{
    /// <summary>The numbers of the notes in it.</summary>
    public IReadOnlyList<int> Numbers => [.. JsonSerializer.Deserialize(Body, NotesJson.Default.NoteArray)!.Select(note => note.Number)];

    public bool HasNotes => string.Equals(MessageType, nameof(NotesTaken), StringComparison.Ordinal);

    /// <summary>A copy: the message's own memory goes to others later.</summary>
    public static LaneMessage Of(InboxEntry entry) => new(
        entry.MessageId, entry.MessageType, entry.Endpoint, entry.Records, entry.ContentType, entry.Body.ToArray());
}

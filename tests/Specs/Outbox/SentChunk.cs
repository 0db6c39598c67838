using System.Text.Json;
using BusIngest.Bus.Outbox;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox;

/// <summary>A chunk as a lane was given it, and the lane's answer.</summary>
internal sealed class SentChunk(OutboxChunk chunk)
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid MessageId { get; } = chunk.MessageId;

    public string MessageType { get; } = chunk.MessageType;

    public int Count { get; } = chunk.Count;

    /// <summary>A copy: the chunk's own memory goes to others later.</summary>
    public byte[] Records { get; } = chunk.Records.ToArray();

    /// <summary>The spans that its records come from.</summary>
    public string? Trace { get; } = chunk.Trace;

    /// <summary>The numbers of the notes in it.</summary>
    public IReadOnlyList<int> Numbers =>
        [.. JsonSerializer.Deserialize(Records, NotesJson.Default.NoteArray)!.Select(note => note.Number)];

    public Task Answer => _answer.Task;

    public void Succeed() => _answer.SetResult();

    public void Fail(Exception exception) => _answer.SetException(exception);
}

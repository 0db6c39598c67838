using BusIngest.Contracts;

namespace BusIngest.Specs.Notes;

/// <summary>Notes were taken.</summary>
/// <param name="Count">How many.</param>
/// <param name="Records">The notes, as <see cref="NotesJson"/> writes them.</param>
public sealed record NotesTaken(int Count, byte[] Records) : IChunk<Note>;

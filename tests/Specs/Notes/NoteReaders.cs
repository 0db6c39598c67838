namespace BusIngest.Specs.Notes;

/// <summary>The endpoints of a test. They outlive the processes that are started for it.</summary>
internal sealed class NoteReaders
{
    /// <summary>The endpoint `alpha`.</summary>
    public NoteReader Alpha { get; } = new();

    /// <summary>The endpoint `beta`.</summary>
    public NoteReader Beta { get; } = new();
}

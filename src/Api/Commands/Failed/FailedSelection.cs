namespace BusIngest.Api.Commands.Failed;

/// <summary>Which failed messages a command is about.</summary>
/// <param name="Ids">These; empty: all.</param>
/// <param name="Type">Of all, those of this name; null: every one.</param>
internal sealed record FailedSelection(IReadOnlyList<Guid> Ids, string? Type)
{
    /// <summary>Whether it names none by its id.</summary>
    public bool IsAll => Ids.Count == 0;
}

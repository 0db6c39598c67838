namespace BusIngest.Bus.Copies;

/// <summary>The documents in a part of a range.</summary>
/// <param name="Documents">All that there are.</param>
/// <param name="Covered">The part: no other document has a number in it.</param>
/// <param name="Left">The rest of the range; null when there is none.</param>
public sealed record CopyPage(IReadOnlyList<DocumentCopy> Documents, NumberRange Covered, NumberRange? Left);

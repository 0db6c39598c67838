namespace BusIngest.Contracts.Sync;

/// <summary>Asks to forget what was learned of a source's pace; answered by <see cref="PaceForgotten"/>.</summary>
/// <param name="Source">The source's name.</param>
public sealed record ForgetPace(string Source);

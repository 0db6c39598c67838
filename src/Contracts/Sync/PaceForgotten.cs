namespace BusIngest.Contracts.Sync;

/// <summary>What was learned of a source's pace is forgotten: a run that waits for it need not any more.</summary>
/// <param name="RunId">The source's last run; the empty id when it had none.</param>
/// <param name="Source">The source's name.</param>
public sealed record PaceForgotten(Guid RunId, string Source);

namespace BusIngest.Contracts.Sync;

/// <summary>Shuts out whoever still works at a run: no page is stored by an earlier stretch than this.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Source">The name of what it pulls from.</param>
/// <param name="Epoch">Which run of its source it is.</param>
/// <param name="Stretch">A stretch that nobody works at.</param>
public sealed record HaltSync(Guid RunId, string Source, long Epoch, long Stretch);

using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Folding;

/// <summary>Moves what was stored from the tail into the buckets, a bounded step at a time.</summary>
internal interface IFolding
{
    /// <summary>Does one step, in one transaction.</summary>
    /// <returns>How many events were moved; 0: there was nothing, or somebody else is at it.</returns>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    Task<int> FoldAsync(CancellationToken cancellationToken);

    /// <summary>What has to be done beside it now and then; a bounded step as well.</summary>
    /// <returns>Whether to call again.</returns>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    Task<bool> TidyAsync(CancellationToken cancellationToken);
}

namespace BusIngest.Workers.Sync.Storing;

/// <summary>What clients' keys are sealed with when no setting says and several processes share the database: one row, or none.</summary>
internal sealed class StoredSealKey
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    /// <summary>32 bytes in Base64.</summary>
    public required string Key { get; init; }
}

namespace BusIngest.Workers.Sync.Storing;

/// <summary>What is known of the keys that seal clients' keys, on PostgreSQL.</summary>
internal sealed class StoredSealKey
{
    /// <summary>The id of a key as an earlier version kept it: 32 bytes in Base64.</summary>
    public const int Plain = 1;

    /// <summary>The id of the present key's print. Rows after it are former keys, sealed by the present one.</summary>
    public const int Print = 2;

    /// <summary>Which of these it is.</summary>
    public int Id { get; init; }

    /// <summary>The key, the print, or the sealed key.</summary>
    public required string Key { get; init; }
}

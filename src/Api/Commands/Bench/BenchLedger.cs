namespace BusIngest.Api.Commands.Bench;

/// <summary>The two ledgers beside each other.</summary>
/// <param name="Acknowledged">Different records in requests that were answered with a success.</param>
/// <param name="Unknown">Those of which nobody knows.</param>
/// <param name="Stored">What the service reports as stored of them.</param>
/// <param name="Differences">Where it is not the same; none: everything acknowledged is stored, once.</param>
internal sealed record BenchLedger(long Acknowledged, long Unknown, long Stored, IReadOnlyList<string> Differences)
{
    /// <summary>Compares two numbers.</summary>
    public static BenchLedger Of(string records, long acknowledged, long unknown, long stored) => new(
        acknowledged, unknown, stored, Difference(records, acknowledged, unknown, stored) is { } difference ? [difference] : []);

    /// <summary>What is wrong with a number of stored records; null: nothing.</summary>
    public static string? Difference(string records, long acknowledged, long unknown, long stored)
    {
        if (stored >= acknowledged && stored <= acknowledged + unknown)
            return null;

        var more = unknown > 0 ? $" and {unknown:N0} more may have been" : "";
        return $"{records}: {acknowledged:N0} were acknowledged{more}, {stored:N0} are stored{(stored < acknowledged ? "; GET /messages/failed may tell why" : "")}";
    }
}

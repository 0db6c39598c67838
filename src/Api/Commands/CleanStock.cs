namespace BusIngest.Api.Commands;

/// <summary>What there is to delete in one place.</summary>
/// <param name="Items">Table by table, or queue by queue.</param>
/// <param name="Left">Why nothing there will be deleted; null: it will be.</param>
internal sealed record CleanStock(IReadOnlyList<CleanItem> Items, string? Left = null)
{
    /// <summary>How much it is.</summary>
    public long Total => Items.Sum(item => item.Count);
}

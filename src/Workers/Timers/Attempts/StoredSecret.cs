namespace BusIngest.Workers.Timers.Attempts;

/// <summary>The secret that was made because no setting gave one: the one row of the table `webhook_secret`, or none.</summary>
internal sealed class StoredSecret
{
    /// <summary>The only row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Id { get; init; }

    /// <summary>As `whsec_…`.</summary>
    public required string Secret { get; init; }
}

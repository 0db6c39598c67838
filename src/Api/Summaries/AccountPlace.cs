namespace BusIngest.Api.Summaries;

/// <summary>An account whose summaries are being read, or are slow. <see cref="SummaryPlaces"/> locks.</summary>
/// <param name="id">The account.</param>
internal sealed class AccountPlace(string id)
{
    /// <summary>The account.</summary>
    public string Id => id;

    /// <summary>How many of its summaries are being read.</summary>
    public int Reading { get; set; }

    /// <summary>How many are being read, or wait to be.</summary>
    public int Users { get; set; }

    /// <summary>Whether the last one took long.</summary>
    public bool IsHeavy { get; set; }

    /// <summary>How many were not done in time, in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Until when none is read, as a timestamp; 0: it is not at rest.</summary>
    public long RestsUntil { get; set; }
}

namespace BusIngest.Workers.Events.Storing;

/// <summary>A month, UTC: events of one are a partition on PostgreSQL.</summary>
/// <param name="Number">Months since the year 0.</param>
internal readonly record struct Month(int Number)
{
    private const int MonthsAYear = 12;

    /// <summary>The partition of months that have none of their own.</summary>
    public const string Others = "events_other";

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start => new(Number / MonthsAYear, (Number % MonthsAYear) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Its partition's name.</summary>
    public string Table => $"events_{Start:yyyy_MM}";

    /// <summary>The next one.</summary>
    public Month Next => new(Number + 1);

    /// <summary>The month of a moment.</summary>
    public static Month Of(DateTimeOffset time) => new((time.UtcDateTime.Year * MonthsAYear) + time.UtcDateTime.Month - 1);
}

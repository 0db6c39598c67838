namespace BusIngest.Api.Summaries;

/// <summary>Which stretch of time is summed up: one that ends now, or a fixed one.</summary>
internal sealed record SummaryWindow
{
    private readonly TimeSpan _length;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;

    private SummaryWindow(string name, TimeSpan length, DateTimeOffset from, DateTimeOffset to) =>
        (Name, _length, _from, _to) = (name, length, from, to);

    /// <summary>The 24 hours before now.</summary>
    public static SummaryWindow LastDay { get; } = new("last_24h", TimeSpan.FromHours(24), default, default);

    /// <summary>The 7 days before now.</summary>
    public static SummaryWindow LastWeek { get; } = new("last_7d", TimeSpan.FromDays(7), default, default);

    /// <summary>What it is called, and what summaries of it are kept under.</summary>
    public string Name { get; }

    /// <summary>A fixed one.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The first moment that is not in it any more.</param>
    public static SummaryWindow Between(DateTimeOffset from, DateTimeOffset to) =>
        new($"{from.ToUnixTimeMilliseconds()}..{to.ToUnixTimeMilliseconds()}", TimeSpan.Zero, from, to);

    /// <summary>Its bounds at a moment. One that ends now takes in the millisecond that is running.</summary>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now)
    {
        if (_length == TimeSpan.Zero)
            return (_from, _to);

        var to = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds() + 1);
        return (to - _length, to);
    }
}

namespace BusIngest.Api.Commands.Events;

/// <summary>What made-up events are like. The same options give the same events.</summary>
internal sealed record SampleOptions
{
    /// <summary>What everything is drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>How many accounts, 1–1,000,000. A few are large and most are small, as 1 to 1/2 to 1/3 …</summary>
    public int Accounts { get; init; } = 500;

    /// <summary>How many users an account has, 1–1,000,000; busy and idle like the accounts.</summary>
    public int Users { get; init; } = 100;

    /// <summary>Over how many days before <see cref="Until"/> they are spread, 1–3,650; by night there are fewer.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Which share of all events the first account has beyond its own, 0–1.</summary>
    public double Whale { get; init; }

    /// <summary>The first moment after all of them.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How many there are, so that they come in the order of their hours; null: nobody knows, and they come in any order.</summary>
    public long? Events { get; init; }

    /// <summary>What the accounts' ids begin with.</summary>
    public string AccountPrefix { get; init; } = "acct-";
}

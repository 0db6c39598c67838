namespace BusIngest.Api.Limits;

/// <summary>How much may be asked for. 0 turns a limit off.</summary>
public sealed record LimitOptions
{
    /// <summary>Requests within any 60 s from one IP address, to `POST /events` and, counted apart, to summaries; 0–1,000,000,000. Default 500.</summary>
    public long RequestsPerMinute { get; init; } = 500;

    /// <summary>Events of one account within any 60 s, 0–1,000,000,000. Default 0.</summary>
    public long AccountEventsPerMinute { get; init; }

    /// <summary>Events of one account on a day of UTC, 0–1,000,000,000,000. Default 0.</summary>
    public long AccountDailyQuota { get; init; }
}

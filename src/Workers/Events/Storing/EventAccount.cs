namespace BusIngest.Workers.Events.Storing;

/// <summary>An account that has events: a row of the table `event_accounts`.</summary>
public sealed class EventAccount
{
    /// <summary>Its number, from 1, by which summaries know it.</summary>
    public int Ref { get; init; }

    /// <summary>The client's own id.</summary>
    public required string AccountId { get; init; }
}

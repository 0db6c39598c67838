namespace BusIngest.Workers.Events.Storing;

/// <summary>An event's id that is known, on PostgreSQL: a row of the table `event_keys`.</summary>
internal sealed class EventHash
{
    /// <summary>The hash of account and id; see <see cref="StorableEvents.Hash"/>.</summary>
    public Guid Hash { get; init; }

    /// <summary>The month of the event, by which it goes with it: months since year 0.</summary>
    public int Month { get; init; }
}

/// <summary>An event's id that is known, on SQLite: a row of the table `event_ids`, in the order of the hashes.</summary>
internal sealed class ShortEventHash
{
    /// <summary>The short hash of account and id, or the next one that was free; see <see cref="StorableEvents.Short"/>.</summary>
    public long Hash { get; init; }

    /// <summary>The event's row, by which it is told from another one with the same hash.</summary>
    public long Seq { get; init; }
}

namespace BusIngest.Workers.Events.Storing;

/// <summary>How far the work behind the storing is: the one row of the table `event_state`.</summary>
internal sealed class EventState
{
    /// <summary>The only row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Id { get; init; }

    /// <summary>Rows of `events` up to this one have their ids in `event_ids`, on SQLite.</summary>
    public long IdsUpto { get; init; }

    /// <summary>Rows of `events` up to this one are in `event_ids` by the hash of their id alone, on SQLite: earlier versions had it so.</summary>
    public long FormerIdsUpto { get; init; }

    /// <summary>What is older is deleted, or about to be, and counts no more.</summary>
    public DateTimeOffset KeptFrom { get; init; }
}

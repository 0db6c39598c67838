namespace BusIngest.Specs.Outbox.Failover;

/// <summary>What a lane does with a message.</summary>
internal enum LaneScript
{
    /// <summary>Takes it, and says so.</summary>
    Confirm,

    /// <summary>Refuses at once.</summary>
    Fail,

    /// <summary>Hangs until the deadline.</summary>
    Hang,

    /// <summary>Hangs, and does not heed the deadline.</summary>
    HangForEver,

    /// <summary>Takes it, and hangs until the deadline.</summary>
    LoseAnswer,

    /// <summary>Finds that the message can't be read.</summary>
    Unreadable,
}

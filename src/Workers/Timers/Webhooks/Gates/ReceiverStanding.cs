namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>What is known of a receiver.</summary>
internal enum ReceiverStanding
{
    /// <summary>Nothing yet.</summary>
    New,

    /// <summary>It answered the last call, whatever the answer.</summary>
    Answers,

    /// <summary>The last call had no answer.</summary>
    Silent,
}

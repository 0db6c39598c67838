namespace BusIngest.Bus.Delivery.Tracking;

/// <summary>What has become of a message.</summary>
public enum MessageStanding
{
    /// <summary>Nobody knows it: it never was, or its mark has gone with the time.</summary>
    Unknown,

    /// <summary>It is accepted, and not consumed yet.</summary>
    Waiting,

    /// <summary>It is consumed, with all its effects.</summary>
    Consumed,

    /// <summary>Its consumer gave up; it is among the failed messages.</summary>
    Failed,
}

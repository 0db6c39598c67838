namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>A call whose outcome is open. <see cref="CallPlaces"/> locks.</summary>
/// <param name="receiver">Who is called.</param>
/// <param name="address">Where.</param>
/// <param name="begunAt">When it began, as a timestamp.</param>
internal sealed class CallPlace(Receiver receiver, ReceiverAddress address, long begunAt)
{
    /// <summary>Who is called.</summary>
    public Receiver Receiver => receiver;

    /// <summary>Where.</summary>
    public ReceiverAddress Address => address;

    /// <summary>When it began, as a timestamp.</summary>
    public long BegunAt => begunAt;

    /// <summary>Whether nothing was known of the receiver when it began.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Whether it has been open for longer than prompt receivers take.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Whether its outcome is known.</summary>
    public bool IsOver { get; set; }
}

namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>An address with calls whose outcome is open. <see cref="CallPlaces"/> locks.</summary>
/// <param name="name">The IP address, or the host's name until that is known.</param>
internal sealed class ReceiverAddress(string name)
{
    /// <summary>The IP address, or the host's name until that is known.</summary>
    public string Name => name;

    /// <summary>How many calls are open, whatever the host and port.</summary>
    public int Open { get; set; }
}

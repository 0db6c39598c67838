using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>A host has no address that may be called. The text is for whoever asked, and tells nothing of what the name stands for.</summary>
/// <param name="host">The host, as it was asked for.</param>
/// <param name="address">One that it has: for the log.</param>
internal sealed class BlockedAddressException(string host, IPAddress address) : Exception($"{host} is not a public address")
{
    /// <summary>One that it has: for the log.</summary>
    public IPAddress Address => address;
}

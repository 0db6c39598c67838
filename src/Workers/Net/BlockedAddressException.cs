using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>A host has no address that may be called.</summary>
/// <param name="address">One that it has.</param>
internal sealed class BlockedAddressException(IPAddress address) : Exception($"{address} is not a public address");

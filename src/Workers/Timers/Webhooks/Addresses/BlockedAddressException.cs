using System.Net;

namespace BusIngest.Workers.Timers.Webhooks.Addresses;

/// <summary>A host has no address that may be called.</summary>
/// <param name="address">One that it has.</param>
internal sealed class BlockedAddressException(IPAddress address) : Exception($"{address} is not a public address");

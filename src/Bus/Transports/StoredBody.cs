namespace BusIngest.Bus.Transports;

/// <summary>How the body of a message at rest is to be read.</summary>
internal static class StoredBody
{
    /// <summary>The records of a chunk, as a JSON array.</summary>
    public const string Records = "application/json";

    /// <summary>A whole MassTransit envelope, as it was on the wire.</summary>
    public const string Envelope = "application/vnd.masstransit+json";
}

namespace BusIngest.Bus.Inbox;

/// <summary>What waits in the inbox.</summary>
/// <param name="Messages">Rows.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Bytes">Payload in bytes.</param>
public readonly record struct InboxStatus(long Messages, long Records, long Bytes)
{
    /// <summary>With more, or with less.</summary>
    internal InboxStatus Plus(long messages, long records, long bytes) => new(Messages + messages, Records + records, Bytes + bytes);
}

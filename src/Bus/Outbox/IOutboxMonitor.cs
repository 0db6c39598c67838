namespace BusIngest.Bus.Outbox;

/// <summary>Shows how the outbox is doing.</summary>
public interface IOutboxMonitor
{
    /// <summary>The state of this moment.</summary>
    OutboxStatus Read();
}

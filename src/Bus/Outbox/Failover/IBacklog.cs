namespace BusIngest.Bus.Outbox.Failover;

/// <summary>A lane that can tell how much waits behind it.</summary>
public interface IBacklog
{
    /// <summary>Messages that the server has taken and no consumer yet, in all queues together; null when that is not known.</summary>
    /// <param name="deadline">Ends the wait.</param>
    ValueTask<long?> MessagesAsync(CancellationToken deadline);
}

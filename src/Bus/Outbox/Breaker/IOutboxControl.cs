namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>Steers the breaker before this process's lane by hand. Only an outbox with a fallback has one.</summary>
public interface IOutboxControl
{
    /// <summary>Sends everything to the fallback, until <see cref="CloseAsync"/>; completes when that is so.</summary>
    Task IsolateAsync();

    /// <summary>Uses the lane again, whatever the breaker thought of it; completes when that is so.</summary>
    Task CloseAsync();
}

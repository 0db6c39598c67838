using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>How the outbox of a spec is set up: as it is by default.</summary>
internal sealed record FallbackSetup
{
    public OutboxOptions Outbox { get; init; } = new();

    public InboxOptions Inbox { get; init; } = new();

    public BreakerOptions Breaker { get; init; } = new();

    public RecoveryOptions Recovery { get; init; } = new();
}

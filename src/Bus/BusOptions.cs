using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus;

/// <summary>How the bus is set up.</summary>
public sealed record BusOptions
{
    /// <summary>The outbox.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>The inbox and its pump.</summary>
    public InboxOptions Inbox { get; init; } = new();

    /// <summary>Retries of consumers.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Outgoing messages.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>The PostgreSQL database that several processes share; null: SQLite.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>Messages for later.</summary>
    public ScheduleOptions Schedule { get; init; } = new();
}

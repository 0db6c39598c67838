using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;

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

    /// <summary>What this process does. In one process it is everything, but maybe for the seeder.</summary>
    public Roles Roles { get; init; } = Roles.All;

    /// <summary>The broker that several processes share; null: the bus of one process.</summary>
    public RabbitMqOptions? RabbitMq { get; init; }

    /// <summary>Redis; null: none.</summary>
    public RedisOptions? Redis { get; init; }

    /// <summary>MongoDB, where copies of documents are kept; null: none are. Default null.</summary>
    public MongoOptions? Mongo { get; init; }

    /// <summary>By what way records leave the process; what it goes over must be set.</summary>
    public LaneKind Lane { get; init; } = LaneKind.InProcess;

    /// <summary>When the lane over a server is given up.</summary>
    public BreakerOptions Breaker { get; init; } = new();

    /// <summary>How what was parked meanwhile is sent.</summary>
    public RecoveryOptions Recovery { get; init; } = new();

    /// <summary>How failovers are written down.</summary>
    public FailoverOptions Failover { get; init; } = new() { LogDirectory = Path.GetFullPath("logs") };
}

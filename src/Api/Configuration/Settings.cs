using BusIngest.Api.Limits;
using BusIngest.Api.Summaries;
using BusIngest.Bus;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Sagas.Orders;
using BusIngest.Sagas.Sync;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Events;
using BusIngest.Workers.Orders;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Timers.Webhooks;

namespace BusIngest.Api.Configuration;

/// <summary>Everything that can be set, validated. See <see cref="SettingsLoader"/> for where it comes from.</summary>
public sealed record Settings
{
    /// <summary>Where and how the process answers HTTP.</summary>
    public HttpSettings Http { get; init; } = new();

    /// <summary>What this process does. Default everything.</summary>
    public Roles Roles { get; init; } = Roles.All;

    /// <summary>The full path of the folder of the SQLite files. Default ./data.</summary>
    public required string DataDir { get; init; }

    /// <summary>What is logged, and where.</summary>
    public required LogSettings Logs { get; init; }

    /// <summary>PostgreSQL; null: SQLite in <see cref="DataDir"/>. Default null.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>RabbitMQ; null: the in-process bus. Default null.</summary>
    public RabbitMqOptions? RabbitMq { get; init; }

    /// <summary>Redis; null: none. Default null.</summary>
    public RedisOptions? Redis { get; init; }

    /// <summary>MongoDB, where copies of orders and timers are kept; null: none are. Default null.</summary>
    public MongoOptions? Mongo { get; init; }

    /// <summary>By what way records leave the process. Default: RabbitMQ if it is set, else Redis if that is, else in-process.</summary>
    public LaneKind Lane { get; init; }

    /// <summary>When a lane over a server is given up.</summary>
    public BreakerOptions Breaker { get; init; } = new();

    /// <summary>How what was parked meanwhile is sent.</summary>
    public RecoveryOptions Recovery { get; init; } = new();

    /// <summary>Where timers are kept. Default: in the database.</summary>
    public SagaRepository TimerRepository { get; init; }

    /// <summary>The outbox.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>The inbox and its pump.</summary>
    public InboxOptions Inbox { get; init; } = new();

    /// <summary>Consumers' retries.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The car generator.</summary>
    public SeederOptions Seeder { get; init; } = new();

    /// <summary>The timers.</summary>
    public TimerOptions Timers { get; init; } = new();

    /// <summary>How timers call their webhooks.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>What can be pulled, and how.</summary>
    public SyncOptions Sync { get; init; } = new();

    /// <summary>How patient runs are.</summary>
    public SyncRunOptions SyncRuns { get; init; } = new();

    /// <summary>What events are taken, and for how long they are kept.</summary>
    public EventOptions Events { get; init; } = new();

    /// <summary>The most orders of one run, 1–2,000,000. Default 1,500,000.</summary>
    public int MaxOrders { get; init; } = 1_500_000;

    /// <summary>In what pieces a run of orders is worked off.</summary>
    public OrderRunOptions OrderRun { get; init; } = new();

    /// <summary>How the workers go about orders.</summary>
    public OrdersOptions Orders { get; init; } = new();

    /// <summary>How much may be asked for.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How summaries are read and kept.</summary>
    public SummaryOptions Summaries { get; init; } = new();

    /// <summary>For how long rows are kept.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>What is told of the program, and to whom.</summary>
    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary>The clients that may come in; empty means that no key is asked for.</summary>
    public IReadOnlyList<ApiKey> ApiKeys { get; init; } = [];

    /// <summary>Whether everyone may come in without a key, from other machines too. Default false.</summary>
    public bool Anonymous { get; init; }

    /// <summary>What sessions of browsers are signed with; null: it is drawn, and kept in <see cref="DataDir"/>. Default null.</summary>
    public string? SessionSecret { get; init; }

    /// <summary>What lies in files, by the names that named them: they are read again while the program runs.</summary>
    public IReadOnlyDictionary<string, ReloadableText> Files { get; init; } = new Dictionary<string, ReloadableText>(StringComparer.Ordinal);

    /// <summary>Lines to log once at start: names (never values) of settings that were given and have no effect.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

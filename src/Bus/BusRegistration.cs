using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Acceptance;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Outbox.Failover.Recovery;
using BusIngest.Bus.Progress;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Requests;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Sagas.Mongo;
using BusIngest.Bus.Sagas.Redis;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Sessions;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Files;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Supervision;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Contracts;
using MassTransit;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Bus;

/// <summary>Registers the bus: outbox, inbox, delivery, failures, and MassTransit with what its consumers need.</summary>
public static class BusRegistration
{
    /// <summary>Adds the bus, over what the options name: SQLite or PostgreSQL, the in-process bus or RabbitMQ, and a lane.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="directory">Where the SQLite files are; the bus takes it over.</param>
    /// <param name="options">How it is set up.</param>
    /// <param name="configure">Adds all consumers and sagas of the program, those of other roles too.</param>
    public static IServiceCollection AddBus(
        this IServiceCollection services, DataDirectory directory, BusOptions options, Action<IBusRegistrationConfigurator> configure)
    {
        Meters.Prepare(typeof(BusMetrics));
        services.TryAddSingleton(TimeProvider.System);
        // By a factory, so that the container disposes it, and after everything that uses its files.
        services.AddSingleton(_ => directory);
        services.AddSingleton(options.Outbox).AddSingleton(options.Inbox).AddSingleton(options.Retry).AddSingleton(options.Schedule);
        services.AddMainStorage(options.Postgres);
        services.AddSingleton<InboxDatabase>().AddSingleton<SqliteDatabase>(provider => provider.GetRequiredService<InboxDatabase>()).AddHostedService<StorageWatch>();
        services.AddDatabasePart<InboxContext>().AddSingleton<SqliteInbox>();
        services.AddDelivery().AddScheduling().AddInboxCheck().AddSupervision().AddWorkWatch();
        services.AddHealthChecks().AddCheck<WorkCheck>("progress", failureStatus: null, ["ready"]);
        services.AddCopies(areNoted: options.Mongo is not null, writes: (options.Roles & (Roles.Workers | Roles.Sagas)) != Roles.None);
        if (options.Redis is { } redis)
            services.AddRedis(redis).AddRedisSagas();
        if (options.Mongo is { } mongo)
            services.AddMongo(mongo, copies: options.Roles.HasFlag(Roles.Workers)).AddMongoSagas();
        RoutedSagaDocuments.Add(services);
        services.AddTransport(options, configure);
        // After MassTransit's own service: what hands messages to the bus starts when that is up, and stops before it.
        services.AddLane(options).AddHostedService<Housekeeping>();
        if (options.Postgres is not null)
            services.AddHostedService<MigrationsInTime>();
        if (options.Roles.HasFlag(Roles.Scheduler))
            services.AddHostedService(provider => provider.GetRequiredService<DueWindow>());
        return services;
    }

    /// <summary>Lets the outbox carry a kind of record, packed into chunks.</summary>
    /// <typeparam name="TRecord">The record.</typeparam>
    /// <typeparam name="TMessage">The message that carries many of them; its name must be its own among all messages.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="json">How a record is written.</param>
    /// <param name="create">Makes the message of a count and a JSON array.</param>
    /// <param name="keepsIds">Whether somebody knows chunks by their messages' ids, so that parked ones are not put together into larger ones.</param>
    public static IServiceCollection AddChunk<TRecord, TMessage>(
        this IServiceCollection services, JsonTypeInfo<TRecord> json, Func<int, byte[], TMessage> create, bool keepsIds = false)
        where TMessage : class, IChunk<TRecord> =>
        services.AddSingleton<ChunkFormat>(new ChunkFormat<TRecord, TMessage>(json, create, keepsIds));

    /// <summary>Lets the outbox carry a kind of message that saga or consumer take one by one; those of concurrent callers share an fsync.</summary>
    /// <typeparam name="TRecord">The message.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="json">How one is written.</param>
    /// <param name="array">How many are written.</param>
    public static IServiceCollection AddRecord<TRecord>(
        this IServiceCollection services, JsonTypeInfo<TRecord> json, JsonTypeInfo<TRecord[]> array)
        where TRecord : class => services.AddSingleton<ChunkFormat>(new RecordFormat<TRecord>(json, array));

    /// <summary>Brings the databases up to date and takes stock of the inbox; called once, before the host starts.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        await DatabaseMigrations.MigrateAsync(services, cancellationToken);
        var inbox = services.GetRequiredService<SqliteInbox>();
        Open(inbox);
        if (services.GetService<OutgoingMessages>() is { } outgoing)
            Open(outgoing);
        foreach (var view in services.GetServices<InboxView>())
            await inbox.ShowAsync(view, cancellationToken);
    }

    private static void Open(SqliteQueue queue)
    {
        try
        {
            queue.Open();
        }
        catch (SqliteFailureException exception)
        {
            throw new StorageUnavailableException($"What waits can't be read: {exception.Message}", exception);
        }
    }

    private static IServiceCollection AddTransport(
        this IServiceCollection services, BusOptions options, Action<IBusRegistrationConfigurator> configure)
    {
        if (options.RabbitMq is { } rabbitMq)
        {
            // Before MassTransit: its own connection waits for this one, and what consumers commit at their end is still sent.
            services.AddHostedService(provider => provider.GetRequiredService<RabbitMqConnection>());
            if (options.Postgres is not null)
                services.AddHostedService(provider => provider.GetRequiredService<PostgresOutgoing>());
            services.AddRabbitMqTransport(rabbitMq, options.Roles, options.Retry, configure);
            return services
                .AddSingleton(options.Delivery)
                .AddSingleton<IMessageForwarder>(provider => provider.GetRequiredService<RabbitMqForwarder>())
                .AddSingleton<IEndpointDelivery, BrokerDelivery>();
        }

        services.AddInProcessTransport(options.Retry, configure);
        // After MassTransit, as it hands messages to the endpoints themselves.
        if (options.Postgres is not null)
            services.AddHostedService(provider => provider.GetRequiredService<PostgresOutgoing>());
        services.TryAddSingleton<InProcessForwarder>();
        return services
            // A message is in hand until it is consumed, however long that takes.
            .AddSingleton(options.Delivery with { ForwardTimeout = null })
            .AddSingleton<IMessageForwarder>(provider => provider.GetRequiredService<InProcessForwarder>())
            .AddSingleton<IEndpointDelivery, InProcessDelivery>();
    }

    private static IServiceCollection AddLane(this IServiceCollection services, BusOptions options)
    {
        // In one process alone everything that waits is in the inbox.
        services.AddSingleton<IMessageTracking>(provider => ActivatorUtilities.CreateInstance<MessageTracking>(
            provider, options is { Lane: LaneKind.InProcess, Postgres: null }));
        services.AddSingleton<AcceptedRecords>().AddSingleton<IOutbox>(provider => ActivatorUtilities.CreateInstance<CoalescingOutbox>(
            provider, ActivatorUtilities.CreateInstance<CountingLane>(provider)));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<InboxPump>(provider, PumpedQueues(provider, options.Lane)));
        if (options.Lane == LaneKind.InProcess)
            return services.AddSingleton<IOutboxLane, InProcessLane>().AddSingleton<IOutboxMonitor, InProcessMonitor>();

        if (options.Lane == LaneKind.Redis)
            services.AddRedisLane().AddRedisRelay(provider => provider.GetRequiredService<IMessageForwarder>()).AddHostedService<RefusedLaneDrain>();
        else
            services.AddSingleton<IPrimaryLane>(Lane).AddSingleton<IBacklog>(Lane);
        if (options.Postgres is null)
            services.AddHostedService<ConfirmedRecordsWriter>();
        return services.AddFallbackOutbox(options.Breaker, options.Recovery, options.Failover);

        static RabbitMqLane Lane(IServiceProvider provider) => provider.GetRequiredService<RabbitMqLane>();
    }

    /// <summary>The inbox is brought to the endpoints where it is the lane; otherwise recovery empties it into the lane.</summary>
    private static List<SqliteQueue> PumpedQueues(IServiceProvider services, LaneKind lane)
    {
        var queues = new List<SqliteQueue>();
        if (lane == LaneKind.InProcess)
            queues.Add(services.GetRequiredService<SqliteInbox>());
        if (services.GetService<OutgoingMessages>() is { } outgoing)
            queues.Add(outgoing);
        return queues;
    }

    private static IServiceCollection AddScheduling(this IServiceCollection services) => services
        .AddSingleton<DueWindow>()
        .AddSingleton<IScheduledMessages, ScheduledMessages>()
        .AddScoped<IMessageScheduler>(provider => new MessageScheduler(
            DurableScheduling.Of(provider), provider.GetRequiredService<IBus>().Topology));

    private static IServiceCollection AddInboxCheck(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .Add(new("outbox", provider => new WritableCheck(provider.GetRequiredService<InboxDatabase>()), failureStatus: null, ["ready"]));
        return services;
    }

    private static IServiceCollection AddSupervision(this IServiceCollection services)
    {
        services.TryAddSingleton<Supervisor>();
        services.AddHealthChecks().AddCheck<LoopsCheck>("loops", failureStatus: null, ["ready"]);
        return services;
    }

    private static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<SubscriptionMap>()
        .AddSingleton<DeliveryOutcomes>()
        .AddSingleton<ChunkFormats>()
        .AddSingleton<InProcessDelivery>()
        .AddSingleton<ResponseSender>()
        .AddSingleton<SharedClock>()
        .AddSingleton<RequestDeadlines>()
        .AddSingleton<ConsumerInbox>()
        .AddSingleton<SagaKinds>()
        .AddSingleton(provider => new IdempotencyKeys(provider.GetRequiredService<IKeyStore>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ISessionStore, SessionStore>()
        .AddSingleton(provider => new Backlogs(provider, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<FailedMessages>()
        .AddSingleton<IFailedMessages>(provider => provider.GetRequiredService<FailedMessages>());
}

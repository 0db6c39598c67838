using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Contracts;
using MassTransit;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Bus;

/// <summary>Registers the bus: outbox, inbox, delivery, failures, and MassTransit with what its consumers need.</summary>
public static class BusRegistration
{
    /// <summary>Adds the bus of one process: MassTransit's in-memory transport, fed from the SQLite inbox.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="directory">Where the SQLite files are; the bus takes it over.</param>
    /// <param name="options">How it is set up.</param>
    /// <param name="configure">Adds consumers and sagas.</param>
    public static IServiceCollection AddInProcessBus(
        this IServiceCollection services, DataDirectory directory, BusOptions options, Action<IBusRegistrationConfigurator> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        // By a factory, so that the container disposes it, and after everything that uses its files.
        services.AddSingleton(_ => directory);
        services.AddSingleton(options.Outbox).AddSingleton(options.Inbox).AddSingleton(options.Retry).AddSingleton(options.Schedule).AddSingleton(options.Delivery);
        services.AddMainStorage(options.Postgres);
        services.AddSingleton<InboxDatabase>().AddDatabasePart<InboxContext>();
        services.AddOutbox().AddDelivery().AddScheduling().AddInboxCheck();
        services.AddInProcessTransport(options.Retry, configure);
        // After MassTransit's own service: the pump starts when the bus is up, and stops before it.
        services.AddHostedService<InboxPump>();
        services.AddHostedService(provider => provider.GetRequiredService<DueWindow>());
        services.AddHostedService<Housekeeping>();
        return services;
    }

    /// <summary>Lets the outbox carry a kind of record, packed into chunks.</summary>
    /// <typeparam name="TRecord">The record.</typeparam>
    /// <typeparam name="TMessage">The message that carries many of them; its name must be its own among all messages.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="json">How a record is written.</param>
    /// <param name="create">Makes the message of a count and a JSON array.</param>
    public static IServiceCollection AddChunk<TRecord, TMessage>(
        this IServiceCollection services, JsonTypeInfo<TRecord> json, Func<int, byte[], TMessage> create)
        where TMessage : class, IChunk<TRecord> =>
        services.AddSingleton<ChunkFormat>(new ChunkFormat<TRecord, TMessage>(json, create));

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
        foreach (var queue in services.GetServices<SqliteQueue>())
            queue.Open();
        var inbox = services.GetRequiredService<SqliteInbox>();
        foreach (var view in services.GetServices<InboxView>())
            await inbox.ShowAsync(view, cancellationToken);
    }

    private static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<SqliteInbox>()
        .AddSingleton<SqliteQueue>(provider => provider.GetRequiredService<SqliteInbox>())
        .AddSingleton<IOutboxLane, InProcessLane>()
        .AddSingleton<IOutboxMonitor, InProcessMonitor>()
        .AddSingleton<IOutbox, CoalescingOutbox>();

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

    private static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<SubscriptionMap>()
        .AddSingleton<DeliveryOutcomes>()
        .AddSingleton<ChunkFormats>()
        .AddSingleton<InProcessDelivery>()
        .AddSingleton<ResponseSender>()
        .AddSingleton<ConsumerInbox>()
        .AddSingleton<SagaKinds>()
        .AddSingleton(provider => new IdempotencyKeys(provider.GetRequiredService<IKeyStore>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<FailedMessages>()
        .AddSingleton<IFailedMessages>(provider => provider.GetRequiredService<FailedMessages>());
}

using BusIngest.Bus;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events.Folding;
using BusIngest.Workers.Events.Reading;
using BusIngest.Workers.Events.Retiring;
using BusIngest.Workers.Events.Storing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Workers.Events;

/// <summary>Registers the events workload.</summary>
public static class EventsRegistration
{
    /// <summary>The queue of the chunks that are to be stored.</summary>
    public const string Queue = "events-store";

    /// <summary>Adds what the events need of the container.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">What is taken, and kept.</param>
    /// <param name="postgres">Whether the database is PostgreSQL.</param>
    /// <param name="works">Whether this process consumes.</param>
    public static IServiceCollection AddEvents(this IServiceCollection services, EventOptions options, bool postgres, bool works)
    {
        services.AddDatabasePart<EventsContext>().AddSingleton(options).AddSingleton<StoredSignal>().AddTransient<IRepeatedEvents, RepeatedEvents>();
        // A batch's job is known by the message that carries it.
        services.AddChunk(EventsJson.Default.RecordedEvent, (count, records) => new EventRecorded(count, records), keepsIds: true);
        _ = postgres ? services.AddPostgresEvents() : services.AddSqliteEvents();
        if (works)
            services.AddHostedService<EventFolder>().AddHostedService<EventRetirement>();
        return services;
    }

    /// <summary>Adds the consumer of the events.</summary>
    /// <param name="bus">Where to.</param>
    public static void AddEventConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<StoreEventsConsumer, StoreEventsDefinition>();

    private static IServiceCollection AddSqliteEvents(this IServiceCollection services) => services
        .AddSingleton<SqliteEventStore>()
        .AddSingleton<IEventStore, SqliteStoring>()
        .AddSingleton<IFolding, SqliteFolding>()
        .AddSingleton<IRetiring, SqliteRetiring>()
        .AddSingleton<SqliteCompleteUntil>()
        .AddSingleton<ICompleteUntil>(provider => provider.GetRequiredService<SqliteCompleteUntil>())
        .AddSingleton<IStoredUntil>(provider => provider.GetRequiredService<SqliteCompleteUntil>())
        .AddSingleton<IAccountSample, SqliteAccountSample>()
        .AddSingleton<ISummaryReader, SqliteSummaryReader>();

    private static IServiceCollection AddPostgresEvents(this IServiceCollection services) => services
        .AddSingleton<PostgresNames>()
        .AddSingleton<PostgresMonths>()
        .AddSingleton<IEventStore, PostgresStoring>()
        .AddSingleton<IFolding, PostgresFolding>()
        .AddSingleton<IRetiring, PostgresRetiring>()
        .AddSingleton<ICompleteUntil, PostgresCompleteUntil>()
        .AddSingleton<IAccountSample, PostgresAccountSample>()
        .AddSingleton<ISummaryReader, PostgresSummaryReader>();
}

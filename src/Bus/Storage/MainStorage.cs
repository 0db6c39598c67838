using BusIngest.Bus.Delivery;
using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Acceptance;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Storage;

/// <summary>Registers the main database, with everything of the bus that is kept there.</summary>
internal static class MainStorage
{
    /// <summary>The parts of the bus, in either database.</summary>
    public static IServiceCollection AddMainStorage(this IServiceCollection services, PostgresOptions? postgres)
    {
        services.AddDatabasePart<DeliveryContext>().AddDatabasePart<SchedulingContext>().AddDatabasePart<SagasContext>();
        return postgres is null ? services.AddSqlite() : services.AddPostgres(postgres);
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .Add(new("database", provider => new WritableCheck(provider.GetRequiredService<MainDatabase>()), failureStatus: null, ["ready"]));
        return services
            .AddSingleton<MainDatabase>()
            .AddSingleton<SqliteDatabase>(provider => provider.GetRequiredService<MainDatabase>())
            .AddSingleton<IMainDatabase>(provider => provider.GetRequiredService<MainDatabase>())
            .AddSingleton<OutgoingMessages>()
            .AddSingleton<IOutgoing>(provider => provider.GetRequiredService<OutgoingMessages>())
            .AddSingleton(provider => new DeliveryAudit(
                provider.GetRequiredService<InboxDatabase>(), provider.GetRequiredService<MainDatabase>(), provider.GetRequiredService<SqliteInbox>(), provider.GetService<ConfirmedRecords>()))
            .AddSingleton<IConsumerStore, SqliteConsumerStore>()
            .AddSingleton<IFailureStore, SqliteFailureStore>()
            .AddSingleton<IKeyStore, SqliteKeyStore>()
            .AddSingleton<IMarkLookup, SqliteMarkLookup>()
            .AddSingleton<IRetiredRows, SqliteRetiredRows>()
            .AddSingleton<IScheduleStore, SqliteScheduleStore>()
            .AddSingleton<ISagaDocuments, SqliteSagaDocuments>();
    }

    private static IServiceCollection AddPostgres(this IServiceCollection services, PostgresOptions options)
    {
        services.AddHealthChecks()
            .Add(new("database", provider => new PostgresCheck(provider.GetRequiredService<PostgresDatabase>()), failureStatus: null, ["ready"]));
        return services
            .AddSingleton(options)
            .AddSingleton<PostgresDatabase>()
            .AddSingleton<IMainDatabase>(provider => provider.GetRequiredService<PostgresDatabase>())
            .AddSingleton<PostgresOutgoing>()
            .AddHostedService<AcceptanceReporter>()
            .AddSingleton<IOutgoing>(provider => provider.GetRequiredService<PostgresOutgoing>())
            .AddSingleton<IConsumerStore, PostgresConsumerStore>()
            .AddSingleton<IFailureStore, PostgresFailureStore>()
            .AddSingleton<IKeyStore, PostgresKeyStore>()
            .AddSingleton<IMarkLookup, PostgresMarkLookup>()
            .AddSingleton<IRetiredRows, PostgresRetiredRows>()
            .AddSingleton<IScheduleStore, PostgresScheduleStore>()
            .AddSingleton<ISagaDocuments, PostgresSagaDocuments>();
    }
}

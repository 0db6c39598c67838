using BusIngest.Api.Cars;
using BusIngest.Api.Configuration;
using BusIngest.Api.Dashboard;
using BusIngest.Api.Events;
using BusIngest.Api.Failures;
using BusIngest.Api.Hosting;
using BusIngest.Api.Orders;
using BusIngest.Api.Outbox;
using BusIngest.Api.Sagas;
using BusIngest.Api.Summaries;
using BusIngest.Api.Sync;
using BusIngest.Api.Telemetry.Slo;
using BusIngest.Api.Timers;
using BusIngest.Bus;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Retention;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Failover;
using BusIngest.Sagas.Orders;
using BusIngest.Sagas.Sync;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Events;
using BusIngest.Workers.Orders;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Timers;

namespace BusIngest.Api;

/// <summary>The whole program: the bus, the workloads and their routes.</summary>
internal static class Service
{
    /// <summary>Puts the program together and takes its data directory.</summary>
    /// <exception cref="SettingsException">The address can't be listened on.</exception>
    /// <exception cref="DataDirectoryException">Another process has the data directory.</exception>
    public static WebApplication Build(Settings settings)
    {
        var builder = HostingExtensions.CreateBuilder(settings);
        var services = builder.Services;
        // Over a broker every process knows all consumers, and serves those of its roles.
        var hasSeeder = settings.Roles.HasFlag(Roles.Seeder) || settings.RabbitMq is not null;
        services.AddBus(DataDirectory.Take(settings.DataDir), BusOptions(settings), bus =>
        {
            bus.AddCarConsumers(hasSeeder);
            bus.AddFailoverSaga().DocumentRepository(FailoverState.Kind, FailoverStateJson.Default.FailoverState);
            bus.AddTimerSaga().KeepIn(settings.TimerRepository, TimerState.Kind, TimerStateJson.Default.TimerState);
            bus.AddTimerConsumers();
            bus.AddOrderSaga().DocumentRepository(OrderRunState.Kind, OrderRunStateJson.Default.OrderRunState);
            bus.AddOrderConsumers();
            bus.AddSyncRunSaga().DocumentRepository(SyncRunState.Kind, SyncStateJson.Default.SyncRunState);
            bus.AddSyncSourceSaga().DocumentRepository(SyncSourceState.Kind, SyncStateJson.Default.SyncSourceState);
            bus.AddSyncConsumers();
            bus.AddEventConsumers();
        });
        services.AddCars(settings.Roles.HasFlag(Roles.Seeder) ? settings.Seeder : null);
        services.AddTimers(settings.Webhooks).AddTimerCopies(TimerState.Kind).AddSingleton(settings.Timers);
        services.AddOrders(settings.Orders, works: settings.Roles.HasFlag(Roles.Workers)).AddSingleton(settings.OrderRun);
        services.AddSync(settings.Sync, settings.Roles).AddSingleton(settings.SyncRuns);
        services.AddEvents(settings.Events, postgres: settings.Postgres is not null, works: settings.Roles.HasFlag(Roles.Workers));
        if (settings.Roles.HasFlag(Roles.Workers))
            services.AddRetention(RetentionRules.Tables(settings.Retention));
        services.AddSingleton<StopDeadline>();
        services.AddDashboard(settings);
        services.AddCarsApi(settings).AddOrdersApi(settings).AddTimersApi(settings).AddSyncApi().AddSummaries(settings).AddEventsApi().AddOutboxApi().AddFailedMessagesApi().AddSagasApi();

        var app = builder.Build();
        app.UseBusIngestHosting(settings);
        if (settings.Roles.HasFlag(Roles.Api))
            app.MapApi(settings);
        return app;
    }

    /// <summary>Brings the databases up to date, then serves until it is told to stop.</summary>
    /// <returns>Whether it was told to; false: something in it has ended it, and the log says what.</returns>
    public static async Task<bool> RunAsync(WebApplication app)
    {
        await app.Services.PrepareStorageAsync();
        using var signals = new StopSignals();
        using var watch = app.Services.GetRequiredService<StopDeadline>().Watch(app.Lifetime);
        await app.RunAsync();
        return signals.Came;
    }

    private static void MapApi(this WebApplication app, Settings settings)
    {
        app.MapCarsApi(settings);
        app.MapOrdersApi();
        app.MapTimersApi();
        app.MapSyncApi();
        app.MapEventsApi();
        app.MapOutboxApi();
        app.MapFailedMessagesApi();
        app.MapSagasApi();
        app.MapDashboard();
        app.MapSlo();
    }

    private static BusOptions BusOptions(Settings settings) => new()
    {
        Roles = settings.Roles,
        Postgres = settings.Postgres,
        RabbitMq = settings.RabbitMq,
        Redis = settings.Redis,
        Mongo = settings.Mongo,
        Lane = settings.Lane,
        Breaker = settings.Breaker,
        Recovery = settings.Recovery,
        Failover = new FailoverOptions { LogDirectory = settings.Logs.Directory, KeptFiles = settings.Logs.KeptFiles },
        Outbox = settings.Outbox,
        Inbox = settings.Inbox,
        Retry = settings.Retry,
    };
}

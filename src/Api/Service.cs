using BusIngest.Api.Cars;
using BusIngest.Api.Configuration;
using BusIngest.Api.Failures;
using BusIngest.Api.Hosting;
using BusIngest.Api.Outbox;
using BusIngest.Api.Sagas;
using BusIngest.Api.Timers;
using BusIngest.Bus;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Cars;
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
        var seeds = settings.Roles.HasFlag(Roles.Seeder);
        var options = new BusOptions { Outbox = settings.Outbox, Inbox = settings.Inbox, Retry = settings.Retry };
        builder.Services.AddInProcessBus(DataDirectory.Take(settings.DataDir), options, bus =>
        {
            bus.AddCarConsumers(seeds);
            bus.AddTimerSaga().DocumentRepository(TimerState.Kind, TimerStateJson.Default.TimerState);
            bus.AddTimerConsumers();
        });
        builder.Services.AddCars(seeds ? settings.Seeder : null);
        builder.Services.AddTimers(settings.Webhooks).AddSingleton(settings.Timers);
        builder.Services.AddSingleton<StopDeadline>();
        builder.Services.AddCarsApi().AddTimersApi().AddOutboxApi().AddFailedMessagesApi().AddSagasApi();

        var app = builder.Build();
        app.UseBusIngestHosting(settings);
        app.MapCarsApi(settings);
        app.MapTimersApi();
        app.MapOutboxApi();
        app.MapFailedMessagesApi();
        app.MapSagasApi();
        return app;
    }

    /// <summary>Brings the databases up to date, then serves until it is told to stop.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        await app.Services.PrepareStorageAsync();
        using var watch = app.Services.GetRequiredService<StopDeadline>().Watch(app.Lifetime);
        await app.RunAsync();
    }
}

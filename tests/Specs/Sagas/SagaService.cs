using BusIngest.Api.Hosting;
using BusIngest.Api.Sagas;
using BusIngest.Bus;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Timers;
using BusIngest.Specs.Processes;
using BusIngest.Support;
using BusIngest.Support.Cars;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Sagas;

/// <summary>The routes of the sagas over timers and doors, whose rows come from the specs and not from a bus.</summary>
public sealed class SagaService : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private WebApplication? _app;

    internal MainDatabase Database => _app!.Services.GetRequiredService<MainDatabase>();

    internal SagaKinds Kinds => _app!.Services.GetRequiredService<SagaKinds>();

    internal CarsApi Api => new(() => new Uri(_app!.Urls.First()));

    public async ValueTask InitializeAsync()
    {
        var settings = RunningService.SettingsIn(_directory.Path);
        var builder = HostingExtensions.CreateBuilder(settings);
        var options = new BusOptions { Outbox = settings.Outbox, Inbox = settings.Inbox, Retry = settings.Retry };
        builder.Services.AddBus(DataDirectory.Take(settings.DataDir), options, _ => { });
        builder.Services.AddSingleton(SagaKind.Of<TimerState>(TimerState.Kind)).AddSingleton(SagaKind.Of<Door>("door"));
        builder.Services.AddSingleton<SagaStateMachine<TimerState>>(new TimerMachine(new TimerOptions(), TimeProvider.System));
        builder.Services.AddSingleton<SagaStateMachine<Door>>(new DoorMachine());
        builder.Services.AddSagasApi();
        _app = builder.Build();
        _app.UseBusIngestHosting(settings);
        _app.MapSagasApi();
        await _app.Services.PrepareStorageAsync();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _directory.Dispose();
    }
}

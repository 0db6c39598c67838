using BusIngest.Api;
using BusIngest.Api.Configuration;
using BusIngest.Support.Cars;
using BusIngest.Support.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace BusIngest.Specs.Processes;

/// <summary>The whole program in this process, on a free port.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Task _running;

    private RunningService(WebApplication app, Task running)
    {
        _app = app;
        _running = running;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient(new DescribedHandler()) { BaseAddress = Address };
        Cars = new CarsApi(() => Address);
    }

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>The routes that most specs use.</summary>
    public CarsApi Cars { get; }

    /// <summary>Settings of a spec: its own folders, a free port, no generator, one quick retry, a quiet log.</summary>
    public static Settings SettingsIn(string folder) => new()
    {
        DataDir = Path.Combine(folder, "data"),
        Logs = new LogSettings { Directory = Path.Combine(folder, "logs"), Level = LogEventLevel.Fatal },
        Http = new HttpSettings { Port = 0 },
        Seeder = new() { Enabled = false },
        Retry = new() { Immediate = 1, Spaced = [] },
    };

    /// <summary>Starts it, and returns when it serves.</summary>
    /// <param name="settings">See <see cref="SettingsIn"/>.</param>
    /// <param name="map">Adds routes of the spec's own.</param>
    public static async Task<RunningService> StartAsync(Settings settings, Action<WebApplication>? map = null)
    {
        var app = Service.Build(settings);
        map?.Invoke(app);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Lifetime.ApplicationStarted.Register(started.SetResult);
        var running = Service.RunAsync(app);
        await await Task.WhenAny(started.Task, running);
        return new RunningService(app, running);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _app.Lifetime.StopApplication();
        await _running;
        await _app.DisposeAsync();
    }
}

using BusIngest.Api;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.OpenApi;
using BusIngest.Support.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace BusIngest.Integration.Operating;

/// <summary>The whole program with some roles, over RabbitMQ and PostgreSQL, in this process.</summary>
internal sealed class SpreadService : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly WebApplication _app;
    private readonly Task _running;

    private SpreadService(TemporaryDirectory directory, WebApplication app, Task running)
    {
        _directory = directory;
        _app = app;
        _running = running;
        Http = new HttpClient(new DescribedHandler()) { BaseAddress = new Uri(app.Urls.First()) };
        Api = new CarsApi(() => Http.BaseAddress);
    }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>Its routes.</summary>
    public CarsApi Api { get; }

    /// <summary>Starts it, and returns when it serves.</summary>
    /// <param name="database">The database.</param>
    /// <param name="vhost">The broker.</param>
    /// <param name="roles">What it does.</param>
    /// <param name="dataDirectory">A DATA_DIR that outlives it; null: one of its own.</param>
    /// <param name="change">Changes its settings; null: nothing.</param>
    public static async Task<SpreadService> StartAsync(
        ScratchDatabase database, ScratchVhost vhost, Roles roles, string? dataDirectory = null, Func<Settings, Settings>? change = null)
    {
        var directory = new TemporaryDirectory();
        var settings = new Settings
        {
            DataDir = dataDirectory ?? directory.Subdirectory("data"),
            Logs = new LogSettings { Directory = directory.Subdirectory("logs"), Level = LogEventLevel.Fatal },
            Http = new HttpSettings { Port = 0 },
            Seeder = new() { Enabled = false },
            Retry = new() { Immediate = 1, Spaced = [] },
            Postgres = new() { ConnectionString = database.Url },
            RabbitMq = RabbitMqUrl.Parse(vhost.Url),
            Lane = LaneKind.RabbitMq,
            Roles = roles,
            Retention = new() { FailedMessageDays = 7, TimerAttemptDays = 7, SagaHistoryDays = 7, OrderDays = 7, OrderRunDays = 7 },
            Webhooks = new() { AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal) },
        };
        var app = Service.Build(change?.Invoke(settings) ?? settings);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Lifetime.ApplicationStarted.Register(started.SetResult);
        var running = Service.RunAsync(app);
        await await Task.WhenAny(started.Task, running);
        return new SpreadService(directory, app, running);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _app.Lifetime.StopApplication();
        await _running;
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}

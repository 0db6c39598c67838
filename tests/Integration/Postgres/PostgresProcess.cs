using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Integration.Postgres.Work;
using BusIngest.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Integration.Postgres;

/// <summary>A process of the bus on PostgreSQL, with a data directory of its own.</summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(40);

    private readonly TemporaryDirectory _directory;
    private readonly IHost _host;
    private bool _stopped;

    private PostgresProcess(TemporaryDirectory directory, IHost host)
    {
        _directory = directory;
        _host = host;
    }

    public IServiceProvider Services => _host.Services;

    public IOutbox Outbox => Get<IOutbox>();

    public SwitchedForwarder Forwarder => (SwitchedForwarder)Get<IMessageForwarder>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="databaseUrl">The database, with the user by which the process is known there.</param>
    /// <param name="setup">What it has besides.</param>
    public static async Task<PostgresProcess> StartAsync(string databaseUrl, PostgresSetup setup)
    {
        var directory = new TemporaryDirectory();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var options = setup.Options with
        {
            Postgres = new PostgresOptions { ConnectionString = databaseUrl, MaxConnections = setup.MaxConnections },
            RabbitMq = setup.RabbitMqUrl is { } url ? RabbitMqUrl.Parse(url) with { PublishTimeout = TimeSpan.FromSeconds(10) } : null,
            Lane = setup.RabbitMqUrl is null ? LaneKind.InProcess : LaneKind.RabbitMq,
            Failover = new FailoverOptions { LogDirectory = directory.Path },
        };
        builder.Services.AddLogging().AddSingleton(setup.Clock);
        builder.Services.AddBus(DataDirectory.Take(Path.Combine(directory.Path, "data")), options, setup.Consumers);
        setup.Services(builder.Services);
        Switch(builder.Services);
        var process = new PostgresProcess(directory, builder.Build());
        await process.Services.PrepareStorageAsync(Token);
        await process._host.StartAsync(Token);
        return process;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Sends a message to an endpoint, by the bus.</summary>
    public async Task SendAsync<T>(string queue, T message, Guid? messageId = null)
        where T : class
    {
        var endpoint = await Get<IBus>().GetSendEndpoint(new Uri($"queue:{queue}"));
        await endpoint.Send(message, context => context.MessageId = messageId ?? Guid.NewGuid(), Token);
    }

    /// <summary>Schedules a message for an endpoint.</summary>
    public async Task<Guid> ScheduleAsync<T>(string queue, DateTimeOffset dueAt, T message)
        where T : class
    {
        await using var scope = Services.CreateAsyncScope();
        var scheduled = await scope.ServiceProvider.GetRequiredService<IMessageScheduler>()
            .ScheduleSend(new Uri($"queue:{queue}"), dueAt.UtcDateTime, message, Token);
        return scheduled.TokenId;
    }

    /// <summary>Takes a scheduled message back.</summary>
    public async Task CancelAsync(string queue, Guid token)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageScheduler>().CancelScheduledSend(new Uri($"queue:{queue}"), token, Token);
    }

    public Task StopAsync()
    {
        _stopped = true;
        return _host.StopAsync(CancellationToken.None).WaitAsync(StopDeadline, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Puts a switch before what sends messages on.</summary>
    private static void Switch(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IMessageForwarder)).ImplementationFactory!;
        services.AddSingleton<IMessageForwarder>(provider => new SwitchedForwarder((IMessageForwarder)inner(provider)));
    }
}

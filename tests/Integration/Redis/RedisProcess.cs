using BusIngest.Bus;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Integration.Redis;

/// <summary>A process of the bus with Redis, and with a data directory of its own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory;
    private readonly IHost _host;

    private RedisProcess(TemporaryDirectory directory, IHost host)
    {
        _directory = directory;
        _host = host;
    }

    public IServiceProvider Services => _host.Services;

    public static Task<RedisProcess> StartAsync(
        RedisOptions redis,
        Action<IServiceCollection>? services = null,
        Action<IBusRegistrationConfigurator>? consumers = null,
        PostgresOptions? postgres = null) =>
        StartAsync(new BusOptions { Redis = redis, Postgres = postgres }, services ?? (_ => { }), consumers ?? (_ => { }));

    public static async Task<RedisProcess> StartAsync(
        BusOptions options, Action<IServiceCollection> services, Action<IBusRegistrationConfigurator> consumers)
    {
        var directory = new TemporaryDirectory();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddBus(
            DataDirectory.Take(directory.Subdirectory("data")),
            options with { Retry = new RetryOptions { Immediate = 20, Spaced = [] } },
            consumers);
        services(builder.Services);
        var process = new RedisProcess(directory, builder.Build());
        await process.Services.PrepareStorageAsync(TestContext.Current.CancellationToken);
        await process._host.StartAsync(TestContext.Current.CancellationToken);
        return process;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None).WaitAsync(StopDeadline, TimeProvider.System);
        await ((IAsyncDisposable)_host).DisposeAsync();
        _directory.Dispose();
    }
}

using BusIngest.Bus;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Integration.RabbitMq.Parcels;
using BusIngest.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Integration.RabbitMq;

/// <summary>A process with endpoints on RabbitMQ, and a database of its own in which they keep their marks.</summary>
internal sealed class RabbitMqProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly IHost _host;
    private bool _stopped;

    private RabbitMqProcess(TemporaryDirectory directory, IHost host)
    {
        _directory = directory;
        _host = host;
    }

    public IPrimaryLane Lane => Get<RabbitMqLane>();

    public RabbitMqConnection Connection => Get<RabbitMqConnection>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one that has all endpoints of <see cref="Parcels"/>.</summary>
    /// <param name="url">The broker.</param>
    /// <param name="roles">What it does: letters-archive is for the seeder, by an override, the others are for workers.</param>
    /// <param name="post">What comes in.</param>
    /// <param name="publishTimeout">How long a publish may take.</param>
    public static async Task<RabbitMqProcess> StartAsync(string url, Roles roles, Post post, TimeSpan publishTimeout)
    {
        var directory = new TemporaryDirectory();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var options = new BusOptions
        {
            RabbitMq = RabbitMqUrl.Parse(url) with { PublishTimeout = publishTimeout },
            Lane = LaneKind.RabbitMq,
            Roles = roles,
            Retry = new RetryOptions { Immediate = 1, Spaced = [] },
            Failover = new FailoverOptions { LogDirectory = directory.Path },
        };
        builder.Services
            .AddSingleton(post)
            .AddSingleton(new EndpointRole(LetterArchive.Queue, Roles.Seeder))
            .AddChunk(ParcelsJson.Default.Parcel, (count, records) => new ParcelsSent(count, records))
            .AddRecord(ParcelsJson.Default.Letter, ParcelsJson.Default.LetterArray)
            .AddBus(DataDirectory.Take(Path.Combine(directory.Path, "data")), options, bus =>
            {
                bus.AddConsumer<ParcelConsumer>().Endpoint(endpoint => endpoint.Name = ParcelConsumer.Queue);
                bus.AddConsumer<LetterConsumer>().Endpoint(endpoint => endpoint.Name = LetterConsumer.Queue);
                bus.AddConsumer<LetterArchive>().Endpoint(endpoint => endpoint.Name = LetterArchive.Queue);
            });
        var process = new RabbitMqProcess(directory, builder.Build());
        await process._host.Services.PrepareStorageAsync(Token);
        await process._host.StartAsync(Token);
        return process;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Waits until it can publish.</summary>
    public Task UntilUpAsync() => Eventually.HoldsAsync("the connection", _ => Task.FromResult(Connection.Trouble is null), TimeSpan.FromSeconds(30), Token);

    /// <summary>Forwards until the broker takes it, as the pump of an outbox does.</summary>
    public Task ForwardUntilTakenAsync(InboxEntry entry) => Eventually.HoldsAsync("a message that was taken", async _ =>
    {
        try
        {
            await Lane.ForwardAsync(entry, Token);
            return true;
        }
        catch (RabbitMqUnavailableException)
        {
            return false;
        }
    }, TimeSpan.FromSeconds(60), Token);

    public Task StopAsync()
    {
        _stopped = true;
        return _host.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _directory.Dispose();
    }
}

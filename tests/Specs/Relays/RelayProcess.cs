using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Relays;

/// <summary>Processes whose endpoint `relay` consumes errands, and `first` and `second` news.</summary>
internal static class RelayProcess
{
    public static BusSetup With(Stations stations, LogLines? log = null) => new()
    {
        Services = services =>
        {
            services.AddSingleton(stations).AddRecord(RelayJson.Default.Errand, RelayJson.Default.ErrandArray);
            if (log is not null)
                services.AddSingleton<ILoggerProvider>(log);
        },
        Consumers = bus =>
        {
            bus.AddConsumer<RelayConsumer>().Endpoint(endpoint =>
            {
                endpoint.Name = "relay";
                endpoint.ConcurrentMessageLimit = 64;
            });
            bus.AddConsumer<FirstConsumer>().Endpoint(endpoint => endpoint.Name = "first");
            bus.AddConsumer<SecondConsumer>().Endpoint(endpoint => endpoint.Name = "second");
        },
    };

    /// <summary>Starts one, with the table of effects.</summary>
    public static async Task<BusProcess> StartAsync(string folder, BusSetup setup)
    {
        var process = await BusProcess.StartAsync(folder, setup);
        await process.CreateEffectsAsync();
        return process;
    }

    /// <summary>Has an errand accepted, by the outbox.</summary>
    public static Task RunErrandAsync(this BusProcess process, string text) =>
        process.Outbox.PublishAsync(new Errand(text), TestContext.Current.CancellationToken);

    /// <summary>Sends to an endpoint, from a consumer.</summary>
    public static async Task SendAsync<T>(this ConsumeContext context, string endpoint, T message)
        where T : class => await (await context.GetSendEndpoint(new Uri($"queue:{endpoint}"))).Send(message, TestContext.Current.CancellationToken);

    /// <summary>Whether nothing waits, neither what was accepted nor what consumers sent.</summary>
    public static bool IsIdle(this BusProcess process) =>
        process.Inbox.Status.Messages == 0 && process.Get<OutgoingMessages>().Status.Messages == 0;

    /// <summary>How many rows a query counts in the main database: what follows `SELECT count(*) FROM`.</summary>
    public static long CountRows(this BusProcess process, string from)
    {
        using var reader = process.MainFile.OpenReader();
        var count = reader.Statement($"SELECT count(*) FROM {from}");
        count.Read();
        return count.Number(0);
    }

    /// <summary>Runs SQL on the main database's writer, behind the back of everyone.</summary>
    public static Task<int> RunSqlAsync(this BusProcess process, string sql) => process.MainFile.Writer.WriteAsync(1, session =>
    {
        session.Execute(sql);
        return 0;
    });
}

using System.Net;
using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.CountingHost;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

// A program to be killed: counters over the bus, in DATA_DIR. POST /count with an array of events; 202 is a promise.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
var directory = DataDirectory.Take(Environment.GetEnvironmentVariable("DATA_DIR") ?? "data");
builder.Services.AddBus(directory, new BusOptions(), bus =>
{
    bus.AddSagaStateMachine<CounterMachine, Counter, CounterDefinition>().DocumentRepository(Counter.Kind, CountingJson.Default.Counter);
    bus.AddConsumer<CountedConsumer, CountedDefinition>();
});
builder.Services.AddRecord(CountingJson.Default.CountUp, CountingJson.Default.CountUpArray);
builder.Services.AddSingleton(new InFlightLimit("counters", 64)).AddSingleton(new InFlightLimit("counted", 64));
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CountingJson.Default));

await using var app = builder.Build();
app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/count", async (CountUp[] events, IOutbox outbox) =>
{
    await outbox.PublishAsync<CountUp>(events, CancellationToken.None);
    return Results.Accepted();
});
await app.Services.PrepareStorageAsync();
await app.Services.GetRequiredService<MainDatabase>().Writer.WriteAsync(0, session =>
{
    session.Execute(CountedConsumer.Table);
    return 0;
});
await app.RunAsync();

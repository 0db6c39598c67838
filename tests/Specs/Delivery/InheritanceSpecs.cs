using BusIngest.Bus;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Delivery;

/// <summary>Messages that are consumed by what they implement, as MassTransit allows.</summary>
public sealed class InheritanceSpecs : Spec
{
    private readonly Stations _stations = new();

    [Fact(Explicit = true)]
    public async Task Should_deliver_what_a_consumer_sends_to_those_that_subscribe_to_its_interface()
    {
        var process = Own(await StartAsync("words", "shouts"));
        _stations.Relay.Work = (context, text) => context.Publish(new Shout(text), Token);

        await process.RunErrandAsync("a");

        await UntilAsync("Both have heard it", () => process.CountEffects() == 3 && process.IsIdle());
    }

    [Fact(Explicit = true)]
    public async Task Should_have_the_effects_of_both_consumers_of_one_endpoint()
    {
        var process = Own(await StartAsync("words", "words"));

        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:words"));
        await queue.Send(new Shout("a"), Token);

        await UntilAsync("Both effects are there", () => process.CountEffects() == 2);
    }

    private Task<BusProcess> StartAsync(string utterances, string shouts) => RelayProcess.StartAsync(Folder, new BusSetup
    {
        Services = services => services.AddSingleton(_stations).AddRecord(RelayJson.Default.Errand, RelayJson.Default.ErrandArray),
        Consumers = bus =>
        {
            bus.AddConsumer<RelayConsumer>().Endpoint(endpoint => endpoint.Name = "relay");
            bus.AddConsumer<UtteranceConsumer>().Endpoint(endpoint => endpoint.Name = utterances);
            bus.AddConsumer<ShoutConsumer>().Endpoint(endpoint => endpoint.Name = shouts);
        },
    });
}

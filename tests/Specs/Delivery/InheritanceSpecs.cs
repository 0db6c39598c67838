using BusIngest.Bus;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Delivery;

/// <summary>Messages that are consumed by what they implement: MassTransit allows it, this bus does not, and says so.</summary>
public sealed class InheritanceSpecs : Spec
{
    private readonly Stations _stations = new();

    [Theory]
    [InlineData("words", "shouts")]
    [InlineData("words", "words")]
    public async Task Should_not_start_with_consumers_of_a_message_and_of_what_it_implements(string utterances, string shouts)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(utterances, shouts));

        Assert.Contains("one inherits from the other", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_to_publish_what_is_consumed_by_its_interface_only()
    {
        var process = Own(await StartAsync("words", shouts: null));
        _stations.Relay.Work = (context, text) => context.Publish(new Shout(text), Token);

        await process.RunErrandAsync("a");

        await UntilAsync("It is given up", () => process.Failures().Count == 1);
        Assert.Contains("publish it as that type", process.Failures()[0].ExceptionMessage, StringComparison.Ordinal);
    }

    private Task<BusProcess> StartAsync(string utterances, string? shouts) => RelayProcess.StartAsync(Folder, new BusSetup
    {
        Services = services => services.AddSingleton(_stations).AddRecord(RelayJson.Default.Errand, RelayJson.Default.ErrandArray),
        Consumers = bus =>
        {
            bus.AddConsumer<RelayConsumer>().Endpoint(endpoint => endpoint.Name = "relay");
            bus.AddConsumer<UtteranceConsumer>().Endpoint(endpoint => endpoint.Name = utterances);
            if (shouts is not null)
                bus.AddConsumer<ShoutConsumer>().Endpoint(endpoint => endpoint.Name = shouts);
        },
    });
}

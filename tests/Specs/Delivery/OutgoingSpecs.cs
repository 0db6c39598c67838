using BusIngest.Bus.Delivery;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Delivery;

/// <summary>Messages that consumers send.</summary>
public sealed class OutgoingSpecs : Spec
{
    private readonly Stations _stations = new();

    [Fact]
    public async Task Should_deliver_what_is_published_to_all_that_subscribe()
    {
        var process = await StartAsync();
        _stations.Relay.Work = (context, text) => context.Publish(new News(text), Token);

        await process.RunErrandAsync("a");

        await UntilAsync("Three effects are there, and nothing waits", () => process.CountEffects() == 3 && process.IsIdle());
        Assert.Equal(("a", "a"), (Assert.Single(_stations.First.Heard), Assert.Single(_stations.Second.Heard)));
        Assert.Equal(0, process.CountRows("outgoing"));
    }

    [Fact]
    public async Task Should_deliver_what_is_sent_to_one_endpoint()
    {
        var process = await StartAsync();
        _stations.Relay.Work = (context, text) => context.SendAsync("first", new News(text));

        await process.RunErrandAsync("a");

        await UntilAsync("Two effects are there, and nothing waits", () => process.CountEffects() == 2 && process.IsIdle());
        Assert.Equal(["a"], _stations.First.Heard);
        Assert.Empty(_stations.Second.Heard);
    }

    [Fact]
    public async Task Should_drop_what_nobody_subscribes_to()
    {
        var process = await StartAsync();
        _stations.Relay.Work = (context, text) => context.Publish(new Whisper(text), Token);

        await process.RunErrandAsync("a");

        await UntilAsync("The effect is there, and nothing waits", () => process.CountEffects() == 1 && process.IsIdle());
        Assert.Equal(0, process.CountRows("outgoing"));
        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_keep_the_message_whose_consumer_sends_to_an_endpoint_that_is_not_there()
    {
        var process = await StartAsync();
        _stations.Relay.Work = (context, text) => context.SendAsync("nowhere", new News(text));

        await process.RunErrandAsync("a");

        await UntilAsync("It is given up", () => process.Failures().Count == 1 && process.IsIdle());
        var failed = Assert.Single(process.Failures());
        Assert.Equal(("relay", nameof(Errand)), (failed.Endpoint, failed.MessageType));
        Assert.Contains("nowhere", failed.ExceptionMessage, StringComparison.Ordinal);
        Assert.Equal(0, process.CountEffects());
    }

    [Fact]
    public async Task Should_send_nothing_when_the_consumer_throws()
    {
        var process = await StartAsync();
        _stations.Relay.Work = async (context, text) =>
        {
            await context.Publish(new News(text), Token);
            throw new FormatException("after sending");
        };

        await process.RunErrandAsync("a");

        await UntilAsync("It is given up", () => process.Failures().Count == 1 && process.IsIdle());
        Assert.Empty(_stations.First.Heard);
        Assert.Equal(0, process.CountEffects());
    }

    [Fact]
    public async Task Should_send_nothing_when_the_effects_throw()
    {
        var process = await StartAsync();
        _stations.Relay.Work = async (context, text) =>
        {
            await context.Publish(new News(text), Token);
            context.Transaction().Write(1, _ => throw new FormatException("on the writer"));
        };

        await process.RunErrandAsync("a");

        await UntilAsync("It is given up", () => process.Failures().Count == 1 && process.IsIdle());
        Assert.Empty(_stations.First.Heard);
        Assert.Equal(0, process.CountEffects());
    }

    [Fact]
    public async Task Should_send_once_what_was_sent_at_several_tries()
    {
        var process = await StartAsync();
        var tries = 0;
        _stations.Relay.Work = async (context, text) =>
        {
            await context.Publish(new News(text), Token);
            if (Interlocked.Increment(ref tries) == 1)
                throw new FormatException("after sending");
        };

        await process.RunErrandAsync("a");

        await UntilAsync("Three effects are there, and nothing waits", () => process.CountEffects() == 3 && process.IsIdle());
        Assert.Equal(["a"], _stations.First.Heard);
    }

    [Fact]
    public async Task Should_hold_back_what_an_injected_endpoint_publishes()
    {
        var process = await StartAsync();
        _stations.Relay.Work = async (context, text) =>
        {
            var services = context.GetPayload<IServiceProvider>();
            await services.GetRequiredService<IPublishEndpoint>().Publish(new News(text), Token);
            throw new FormatException("after sending");
        };

        await process.RunErrandAsync("a");
        await UntilAsync("It is given up", () => process.Failures().Count == 1 && process.IsIdle());
        _stations.Relay.Work = async (context, text) =>
            await context.GetPayload<IServiceProvider>().GetRequiredService<IPublishEndpoint>().Publish(new News(text), Token);
        await process.RunErrandAsync("b");

        await UntilAsync("The second one's effects are there", () => process.CountEffects() == 3 && process.IsIdle());
        Assert.Equal(["b"], _stations.First.Heard);
    }

    private async Task<BusProcess> StartAsync() => Own(await RelayProcess.StartAsync(Folder, RelayProcess.With(_stations)));
}

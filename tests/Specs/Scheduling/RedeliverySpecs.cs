using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Scheduling;

/// <summary>Retries and redelivery that a consumer's definition adds. MassTransit reckons them by the system's clock.</summary>
public sealed class RedeliverySpecs : Spec
{
    private readonly Stations _stations = new();
    private int _tries;

    [Fact]
    public async Task Should_deliver_again_later()
    {
        var process = Own(await StartAsync((endpoint, _) => endpoint.UseScheduledRedelivery(tries => tries.Interval(3, TimeSpan.FromMilliseconds(100)))));
        FailAtFirst(tries: 2);

        await process.RunErrandAsync("a");

        await UntilAsync("It has its effect", () => process.CountEffects() > 0 && process.IsIdle() && process.CountRows("scheduled_messages") == 0);
        Assert.Equal(1, process.CountEffects());
        Assert.Empty(process.Failures());
        Assert.Empty(_stations.First.Heard);
    }

    [Fact]
    public async Task Should_give_up_after_the_last_redelivery()
    {
        var process = Own(await StartAsync((endpoint, _) => endpoint.UseScheduledRedelivery(tries => tries.Interval(2, TimeSpan.FromMilliseconds(100)))));
        FailAtFirst(tries: int.MaxValue);

        await process.RunErrandAsync("a");

        await UntilAsync("It is given up", () => process.Failures().Count == 1 && process.IsIdle());
        Assert.Equal(0, process.CountEffects());
        Assert.Equal(0, process.CountRows("scheduled_messages"));
        Assert.Empty(_stations.First.Heard);
    }

    [Fact]
    public async Task Should_have_effects_once_when_the_definition_adds_retries_of_its_own()
    {
        var process = Own(await StartAsync((_, consumer) => consumer.UseMessageRetry(tries => tries.Immediate(3))));
        FailAtFirst(tries: 2);

        await process.RunErrandAsync("a");

        await UntilAsync("It has its effect", () => process.CountEffects() > 0 && process.IsIdle());
        Assert.Equal(1, process.CountEffects());
    }

    /// <summary>Fails after it has added an effect, and sent.</summary>
    private void FailAtFirst(int tries) => _stations.Relay.Work = async (context, text) =>
    {
        if (Interlocked.Increment(ref _tries) > tries)
            return;
        await context.AddEffectAsync();
        await context.SendAsync("first", new News(text));
        throw new FormatException("after the effect");
    };

    private Task<BusProcess> StartAsync(Action<IReceiveEndpointConfigurator, IConsumerConfigurator<RelayConsumer>> configure)
    {
        var setup = RelayProcess.With(_stations);
        return RelayProcess.StartAsync(Folder, setup with
        {
            Services = services =>
            {
                setup.Services(services);
                services.AddSingleton(new RedeliverySetup(configure));
            },
            Consumers = bus =>
            {
                bus.AddConsumer<RelayConsumer, RedeliveryDefinition>().Endpoint(endpoint => endpoint.Name = "relay");
                bus.AddConsumer<FirstConsumer>().Endpoint(endpoint => endpoint.Name = "first");
            },
        });
    }
}

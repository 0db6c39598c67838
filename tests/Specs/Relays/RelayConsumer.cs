using MassTransit;

namespace BusIngest.Specs.Relays;

internal sealed class RelayConsumer(Stations stations) : IConsumer<Errand>
{
    public Task Consume(ConsumeContext<Errand> context) => stations.Relay.ConsumeAsync(context, context.Message.Text);
}

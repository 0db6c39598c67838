using MassTransit;

namespace BusIngest.Specs.Relays;

internal sealed class ShoutConsumer(Stations stations) : IConsumer<Shout>
{
    public Task Consume(ConsumeContext<Shout> context) => stations.Second.ConsumeAsync(context, context.Message.Text);
}

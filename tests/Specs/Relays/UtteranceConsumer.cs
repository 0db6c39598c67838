using MassTransit;

namespace BusIngest.Specs.Relays;

internal sealed class UtteranceConsumer(Stations stations) : IConsumer<IUtterance>
{
    public Task Consume(ConsumeContext<IUtterance> context) => stations.First.ConsumeAsync(context, context.Message.Text);
}

using MassTransit;

namespace BusIngest.Specs.Relays;

internal sealed class SecondConsumer(Stations stations) : IConsumer<News>
{
    public Task Consume(ConsumeContext<News> context) => stations.Second.ConsumeAsync(context, context.Message.Text);
}

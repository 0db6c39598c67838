using MassTransit;

namespace BusIngest.Specs.Relays;

internal sealed class FirstConsumer(Stations stations) : IConsumer<News>
{
    public Task Consume(ConsumeContext<News> context) => stations.First.ConsumeAsync(context, context.Message.Text);
}

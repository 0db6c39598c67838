using BusIngest.Specs.Relays;
using MassTransit;

namespace BusIngest.Specs.Scheduling;

internal sealed class ReminderConsumer(Stations stations) : IConsumer<Reminder>
{
    public Task Consume(ConsumeContext<Reminder> context) => stations.Second.ConsumeAsync(context, context.Message.Text);
}

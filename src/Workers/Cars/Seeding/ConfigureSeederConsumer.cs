using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Cars;
using MassTransit;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>Steers the generator and answers with its state.</summary>
internal sealed class ConfigureSeederConsumer(SeederControl control) : IConsumer<ConfigureSeeder>
{
    public async Task Consume(ConsumeContext<ConfigureSeeder> context)
    {
        var transaction = context.Transaction();
        var state = await control.ConfigureAsync(context.Message.Running, context.Message.IntervalMs, transaction.Deadline, context.CancellationToken);
        transaction.MeetDeadline();
        await context.RespondAsync(new SeederConfigured(state.Running, state.IntervalMs));
    }
}

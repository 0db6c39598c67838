using BusIngest.Contracts.Cars;
using MassTransit;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>Steers the generator and answers with its state.</summary>
internal sealed class ConfigureSeederConsumer(SeederControl control) : IConsumer<ConfigureSeeder>
{
    public async Task Consume(ConsumeContext<ConfigureSeeder> context)
    {
        var state = await control.ConfigureAsync(context.Message.Running, context.Message.IntervalMs, context.CancellationToken);
        await context.RespondAsync(new SeederConfigured(state.Running, state.IntervalMs));
    }
}

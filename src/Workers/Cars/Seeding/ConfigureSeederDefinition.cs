using MassTransit;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>The queue `cars-seeder`: one command at a time, in order.</summary>
internal sealed class ConfigureSeederDefinition : ConsumerDefinition<ConfigureSeederConsumer>
{
    public ConfigureSeederDefinition()
    {
        EndpointName = "cars-seeder";
        ConcurrentMessageLimit = 1;
    }
}

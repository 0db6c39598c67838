using MassTransit;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>The queue `cars-seeder`: one command at a time, in order.</summary>
internal sealed class ConfigureSeederDefinition : ConsumerDefinition<ConfigureSeederConsumer>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "cars-seeder";

    public ConfigureSeederDefinition()
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = 1;
    }
}

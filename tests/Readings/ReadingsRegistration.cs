using BusIngest.Bus;
using BusIngest.Bus.Storage;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Readings;

/// <summary>Registers the readings workload.</summary>
public static class ReadingsRegistration
{
    /// <summary>Adds what the readings need of the container.</summary>
    public static IServiceCollection AddReadings(this IServiceCollection services) => services
        .AddDatabasePart<ReadingsContext>()
        .AddChunk(ReadingsJson.Default.Reading, (count, records) => new ReadingsTaken(count, records));

    /// <summary>Adds the consumer of the readings.</summary>
    public static void AddReadingConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<StoreReadingsConsumer, StoreReadingsDefinition>();
}

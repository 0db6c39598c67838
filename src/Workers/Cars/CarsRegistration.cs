using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Contracts.Cars;
using BusIngest.Workers.Cars.Seeding;
using BusIngest.Workers.Cars.Storing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Workers.Cars;

/// <summary>Registers the cars workload.</summary>
public static class CarsRegistration
{
    private static readonly InboxView PendingCars = new("pending_cars", $"""
        SELECT car.value ->> 'id' AS id,
               car.value ->> 'normalizedMake' AS normalized_make,
               car.value ->> 'normalizedModel' AS normalized_model,
               car.value ->> 'year' AS year,
               car.value ->> 'price' AS price,
               car.value ->> 'location' AS location,
               car.value ->> 'generatedAt' AS generated_at,
               inbox.accepted_at,
               inbox.message_id
        FROM inbox, json_each(CAST(inbox.body AS TEXT)) AS car
        WHERE inbox.message_type = '{nameof(CarGenerated)}'
        """);

    /// <summary>Adds what the cars need of the container.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="seeder">What the generator starts with; null: this process has none.</param>
    public static IServiceCollection AddCars(this IServiceCollection services, SeederOptions? seeder)
    {
        services.AddDatabasePart<CarsContext>();
        services.AddChunk(CarsJson.Default.Car, (count, records) => new CarGenerated(count, records));
        services.AddSingleton(PendingCars);
        if (seeder is not null)
            services.AddSingleton(seeder).AddSingleton<SeederControl>().AddHostedService<CarSeeder>().AddHostedService<SeederWatch>();
        return services;
    }

    /// <summary>Adds the consumers of the cars.</summary>
    /// <param name="bus">Where to.</param>
    /// <param name="seeder">Whether any process has a generator to steer; over a broker, that of another one counts.</param>
    public static void AddCarConsumers(this IBusRegistrationConfigurator bus, bool seeder)
    {
        bus.AddSingleton(new EndpointRole(ConfigureSeederDefinition.Queue, Roles.Seeder));
        bus.AddConsumer<StoreCarsConsumer, StoreCarsDefinition>();
        if (seeder)
            bus.AddConsumer<ConfigureSeederConsumer, ConfigureSeederDefinition>();
    }
}

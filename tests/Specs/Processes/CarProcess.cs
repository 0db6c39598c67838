using BusIngest.Bus.Failures;
using BusIngest.Workers.Cars;

namespace BusIngest.Specs.Processes;

/// <summary>Processes that store cars.</summary>
internal static class CarProcess
{
    /// <summary>A setup that stores them.</summary>
    public static BusSetup Storing(RetryOptions? retry = null)
    {
        var setup = new BusSetup
        {
            Services = services => services.AddCars(seeder: null),
            Consumers = bus => bus.AddCarConsumers(seeder: false),
        };
        return retry is null ? setup : setup with { Options = setup.Options with { Retry = retry } };
    }

    /// <summary>A setup in which nobody consumes them: they stay in the inbox.</summary>
    public static BusSetup Parking() => new() { Services = services => services.AddCars(seeder: null) };
}

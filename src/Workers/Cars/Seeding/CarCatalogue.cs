using BusIngest.Contracts;
using BusIngest.Contracts.Cars;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>Makes up cars.</summary>
internal static class CarCatalogue
{
    private const int FirstYear = 2000;
    private const int LastYear = 2024;
    private const int LowestPrice = 3_000;
    private const int HighestPrice = 80_000;

    private static readonly (string Make, string[] Models)[] Makes =
    [
        ("audi", ["a3", "a4", "a6", "q3", "q5"]),
        ("bmw", ["118i", "320d", "520i", "x1", "x3"]),
        ("chevrolet", ["cruze", "onix", "s10", "tracker"]),
        ("fiat", ["500", "argo", "panda", "tipo", "toro"]),
        ("ford", ["fiesta", "focus", "kuga", "mustang", "ranger"]),
        ("honda", ["city", "civic", "cr-v", "jazz"]),
        ("hyundai", ["hb20", "i10", "i30", "kona", "tucson"]),
        ("kia", ["ceed", "niro", "picanto", "sportage"]),
        ("mazda", ["2", "3", "cx-5", "mx-5"]),
        ("mercedes-benz", ["a 180", "c 200", "e 220", "gla 200"]),
        ("nissan", ["juke", "leaf", "micra", "qashqai"]),
        ("opel", ["astra", "corsa", "insignia", "mokka"]),
        ("peugeot", ["208", "308", "2008", "3008"]),
        ("renault", ["captur", "clio", "kwid", "megane", "zoe"]),
        ("skoda", ["fabia", "kodiaq", "octavia", "superb"]),
        ("toyota", ["auris", "corolla", "hilux", "rav4", "yaris"]),
        ("volkswagen", ["golf", "passat", "polo", "tiguan", "up"]),
        ("volvo", ["s60", "v40", "v60", "xc40", "xc60"]),
    ];

    private static readonly string[] Locations =
    [
        "amsterdam", "barcelona", "berlin", "bologna", "brussels", "copenhagen", "curitiba", "dublin", "geneva", "hamburg", "lisbon",
        "lyon", "madrid", "milan", "munich", "oslo", "paris", "porto", "prague", "recife", "rio de janeiro", "rome", "salvador",
        "sao paulo", "stockholm", "turin", "valencia", "vienna", "warsaw", "zurich",
    ];

    /// <summary>Draws cars.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <param name="now">When they are generated.</param>
    public static Car[] Draw(int count, DateTimeOffset now)
    {
        var ids = new SequentialIds(now);
        var cars = new Car[count];
        for (var i = 0; i < count; i++)
            cars[i] = Draw(ids.Next(), now);
        return cars;
    }

    private static Car Draw(Guid id, DateTimeOffset now)
    {
        var random = Random.Shared;
        var (make, models) = Makes[random.Next(Makes.Length)];
        return new Car(
            id,
            make,
            models[random.Next(models.Length)],
            random.Next(FirstYear, LastYear + 1),
            random.Next(LowestPrice * 100, (HighestPrice * 100) + 1) / 100.0,
            Locations[random.Next(Locations.Length)],
            now);
    }
}

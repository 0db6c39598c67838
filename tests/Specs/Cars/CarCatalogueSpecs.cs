using BusIngest.Contracts.Cars;
using BusIngest.Workers.Cars.Seeding;

namespace BusIngest.Specs.Cars;

public sealed class CarCatalogueSpecs
{
    private static readonly Car[] Drawn = CarCatalogue.Draw(20_000, FakeClock.Start);

    [Fact]
    public void Should_draw_as_many_as_asked_for()
    {
        Assert.Equal(20_000, Drawn.Length);
        Assert.Single(CarCatalogue.Draw(1, FakeClock.Start));
    }

    [Fact]
    public void Should_give_every_car_an_id_of_its_own()
    {
        var drawn = Drawn.Concat(CarCatalogue.Draw(20_000, FakeClock.Start)).Select(car => car.Id).ToList();

        Assert.Equal(drawn.Count, drawn.Distinct().Count());
        Assert.All(drawn, id => Assert.Equal(7, id.Version));
    }

    [Fact]
    public void Should_draw_years_from_2000_to_2024() =>
        Assert.Equal(Enumerable.Range(2000, 25), Drawn.Select(car => car.Year).Distinct().Order());

    [Fact]
    public void Should_draw_prices_from_3000_to_80000_in_cents()
    {
        Assert.All(Drawn, car => Assert.InRange(car.Price, 3_000, 80_000));
        Assert.All(Drawn, car => Assert.Equal(Math.Round(car.Price, 2), car.Price));
    }

    [Fact]
    public void Should_draw_normalized_texts() => Assert.All(
        Drawn.SelectMany(car => new[] { car.NormalizedMake, car.NormalizedModel, car.Location }).Distinct(StringComparer.Ordinal),
        text =>
        {
            Assert.InRange(text.Length, 1, 100);
            Assert.Equal(text.ToLowerInvariant().Trim(), text);
        });

    [Fact]
    public void Should_draw_cars_of_now() => Assert.All(Drawn, car => Assert.Equal(FakeClock.Start, car.GeneratedAt));

    [Fact]
    public void Should_draw_what_a_client_could_have_sent() => Assert.Equal(
        Drawn.Take(100), CarReading.Of(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes([.. Drawn.Take(100)], CarsJson.Default.CarArray)).Good());
}

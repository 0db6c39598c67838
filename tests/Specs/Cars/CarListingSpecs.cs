using System.Net;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Cars;

public sealed class CarListingSpecs : Spec
{
    private static readonly string Audi = CarText.With("normalizedMake", "\"audi\"");
    private static readonly string Porto = CarText.With("location", "\"porto\"");

    [Fact]
    public async Task Should_visit_every_car_once_the_newest_first()
    {
        var service = await StartAsync();
        var older = await service.StoreCarsAsync([.. Enumerable.Repeat(CarText.Good, 17)]);
        var newer = await service.StoreCarsAsync([.. Enumerable.Repeat(CarText.Good, 8)]);
        IEnumerable<Guid> newestFirst = [.. Enumerable.Reverse(newer), .. Enumerable.Reverse(older)];

        foreach (var limit in new[] { 1, 7, 24, 25, 26, 10_000 })
            Assert.Equal(newestFirst, await VisitAsync(service, $"limit={limit}"));
    }

    [Fact]
    public async Task Should_visit_only_what_the_filter_lets_through()
    {
        var service = await StartAsync();
        var ids = await service.StoreCarsAsync(Audi, CarText.Good, Audi, Porto, Audi, Porto, CarText.With("normalizedModel", "\"x & y=z\""));

        Assert.Equal([ids[4], ids[2], ids[0]], await VisitAsync(service, "limit=2&make=audi"));
        Assert.Equal([ids[5], ids[3]], await VisitAsync(service, "limit=1&make=volvo&model=v60&location=porto"));
        Assert.Equal([ids[6]], await VisitAsync(service, "model=x%20%26%20y%3Dz"));
        Assert.Empty(await VisitAsync(service, "make=audi&location=porto"));
        Assert.Empty(await VisitAsync(service, "make=AUDI"));
    }

    [Fact]
    public async Task Should_not_show_cars_that_came_since_on_the_pages_after()
    {
        var service = await StartAsync();
        var ids = await service.StoreCarsAsync(Audi, Audi, Audi);
        var first = await service.Cars.GetAsync("cars?limit=1", Token);
        await service.StoreCarsAsync(Audi, Audi);

        var rest = await VisitAsync(service, "limit=1", after: first.GetProperty("next").GetString());

        Assert.Equal([ids[1], ids[0]], rest);
    }

    [Fact]
    public async Task Should_show_50_cars_unless_told_how_many()
    {
        var service = await StartAsync();
        await service.StoreCarsAsync([.. Enumerable.Repeat(CarText.Good, 51)]);

        Assert.Equal(50, (await service.Cars.GetAsync("cars", Token)).GetProperty("cars").GetArrayLength());
    }

    [Fact]
    public async Task Should_show_a_car_as_it_was_sent()
    {
        var service = await StartAsync();
        var id = Assert.Single(await service.StoreCarsAsync(CarText.With("generatedAt", "\"2026-01-31T12:00:00.5+02:00\"")));

        var car = await service.Cars.GetAsync($"cars/{id.ToString().ToUpperInvariant()}", Token);

        Assert.Equal(
            $$"""{"id":"{{id}}","normalizedMake":"volvo","normalizedModel":"v60","year":2019,"price":18500.5,"location":"lisbon","generatedAt":"2026-01-31T10:00:00.500Z"}""",
            car.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, await service.Cars.StatusAsync($"cars/{Guid.NewGuid()}", Token));
        Assert.Equal(HttpStatusCode.NotFound, await service.Cars.StatusAsync("cars/nonsense", Token));
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

    /// <summary>The ids of a page and of all that follow it.</summary>
    private static async Task<List<Guid>> VisitAsync(RunningService service, string query, string? after = null)
    {
        var visited = new List<Guid>();
        do
        {
            var page = await service.Cars.GetAsync(after is null ? $"cars?{query}" : $"cars?{query}&after={after}", Token);
            var ids = page.GetProperty("cars").EnumerateArray().Select(car => car.GetProperty("id").GetGuid()).ToList();
            after = page.GetProperty("next").GetString();
            Assert.True(after is null || ids.Count > 0, "An empty page leads on");
            visited.AddRange(ids);
            Assert.InRange(visited.Count, 0, 1_000);
        }
        while (after is not null);
        return visited;
    }
}

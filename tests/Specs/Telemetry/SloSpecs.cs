using System.Text.Json;
using BusIngest.Api.Telemetry.Slo;
using BusIngest.Specs.Processes;
using Microsoft.AspNetCore.Builder;

namespace BusIngest.Specs.Telemetry;

public sealed class SloSpecs : Spec
{
    [Fact]
    public void Should_give_quantiles_that_are_at_most_an_eighth_too_long()
    {
        var window = new LatencyWindow(new FakeClock());
        for (var i = 1; i <= 1_000; i++)
            window.Add(TimeSpan.FromMilliseconds(i), isError: i % 100 == 0);
        var summary = window.Read();
        Assert.Equal((1_000, 10), (summary.Requests, summary.Errors));
        Assert.InRange(summary.P50.TotalMilliseconds, 500, 563);
        Assert.InRange(summary.P95.TotalMilliseconds, 950, 1_069);
        Assert.InRange(summary.P99.TotalMilliseconds, 990, 1_114);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1_000)]
    [InlineData(123_456_789)]
    [InlineData(68_000_000_000)]
    public void Should_have_a_bucket_for_any_duration(long microseconds)
    {
        var longest = LatencyBuckets.Longest(LatencyBuckets.Of(TimeSpan.FromMicroseconds(microseconds)));
        Assert.InRange(longest.TotalMicroseconds, microseconds, Math.Max(2, microseconds * 1.126));
    }

    [Fact]
    public void Should_forget_what_is_older_than_an_hour()
    {
        var clock = new FakeClock();
        var window = new LatencyWindow(clock);
        window.Add(TimeSpan.FromSeconds(1), isError: true);
        clock.Advance(TimeSpan.FromMinutes(30));
        window.Add(TimeSpan.FromMilliseconds(1), isError: false);
        Assert.Equal((2, 1), (window.Read().Requests, window.Read().Errors));
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal((1, 0), (window.Read().Requests, window.Read().Errors));
        clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(default, window.Read());
    }

    [Theory]
    [InlineData(1_000, 0, 10, 1, true)]
    [InlineData(1_000, 1, 10, 0, true)]
    [InlineData(10_000, 5, 10, 0.5, true)]
    [InlineData(1_000, 3, 10, -2, false)]
    [InlineData(1_000, 0, 300, 1, false)]
    public void Should_tell_what_is_left_of_the_budget(long requests, long errors, int p99, double left, bool met)
    {
        var summary = new LatencySummary(requests, errors, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(p99));
        var slo = SloEndpoint.Judge("GET", "/cars", summary, availability: 0.999);
        Assert.Equal((left, met), (Math.Round(slo.ErrorBudgetLeft, 3), slo.Met));
        Assert.Equal(new SloTarget(0.999, 250), slo.Target);
    }

    [Fact]
    public async Task Should_tell_how_each_route_does()
    {
        var service = Own(await RunningService.StartAsync(
            RunningService.SettingsIn(Folder), app => app.MapGet("/explode", string () => throw new InvalidOperationException())));
        foreach (var path in new[] { "cars", "cars", "cars/nonsense", "cars?limit=0", "explode", "nowhere", "health", "metrics", "slo" })
            (await service.Http.GetAsync(path, Token)).Dispose();

        var routes = (await service.Cars.GetAsync("slo", Token)).GetProperty("routes").EnumerateArray()
            .ToDictionary(route => route.GetProperty("route").GetString()!, StringComparer.Ordinal);

        Assert.Equal(["GET /cars", "GET /cars/{id}", "GET /explode", "GET /slo"], routes.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal((3, 0, 1), Read(routes["GET /cars"]));
        Assert.Equal((1, 1, -999), Read(routes["GET /explode"]));
        Assert.False(routes["GET /explode"].GetProperty("met").GetBoolean());
        Assert.InRange(routes["GET /cars"].GetProperty("p50Ms").GetDouble(), 0.001, routes["GET /cars"].GetProperty("p99Ms").GetDouble());

        static (long, long, double) Read(JsonElement route) =>
            (route.GetProperty("requests").GetInt64(), route.GetProperty("errors").GetInt64(), route.GetProperty("errorBudgetLeft").GetDouble());
    }
}

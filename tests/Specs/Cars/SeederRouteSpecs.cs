using System.Net;
using BusIngest.Bus;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Cars;

public sealed class SeederRouteSpecs : Spec
{
    private const string Slow = """{"intervalMs":86400000}""";

    [Fact]
    public async Task Should_steer_the_generator_for_later_processes_too()
    {
        await using (var earlier = await RunningService.StartAsync(RunningService.SettingsIn(Folder)))
        {
            Assert.Equal("""{"running":false,"intervalMs":30}""", await StateAsync(earlier));
            Assert.Equal("""{"running":false,"intervalMs":86400000}""", await SendAsync(earlier, HttpMethod.Put, "cars/seeder", Slow));
            Assert.Equal("""{"running":true,"intervalMs":86400000}""", await SendAsync(earlier, HttpMethod.Post, "cars/seeder/start"));
        }

        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

        Assert.Equal("""{"running":true,"intervalMs":86400000}""", await StateAsync(service));
        Assert.Equal("""{"running":false,"intervalMs":86400000}""", await SendAsync(service, HttpMethod.Post, "cars/seeder/stop"));
    }

    [Fact]
    public async Task Should_generate_cars_while_it_runs()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Seeder = new() { IntervalMs = 1 } }));

        await UntilAsync("Cars are stored", service.Cars.StatsAsync, stats => stats.Stored > 0);
        await SendAsync(service, HttpMethod.Post, "cars/seeder/stop");

        var stats = await service.AtRestAsync();
        Assert.True(stats.AddsUp && stats.Lost == 0 && stats.Duplicates == 0, stats.ToString());
    }

    [Fact]
    public async Task Should_refuse_where_there_is_no_generator()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Roles = Roles.Needed }));

        foreach (var route in new[] { "cars/seeder/start", "cars/seeder/stop" })
            Assert.Equal(HttpStatusCode.Conflict, (await service.Cars.SendAsync(HttpMethod.Post, route, null, Token)).Status);
        Assert.Contains("\"running\":false", await StateAsync(service), StringComparison.Ordinal);
    }

    private static async Task<string> StateAsync(RunningService service) => (await service.Cars.GetAsync("cars/seeder", Token)).GetRawText();

    private static async Task<string> SendAsync(RunningService service, HttpMethod method, string route, string? body = null)
    {
        using var content = body is null ? null : CarRequests.Body(body);
        var answer = await service.Cars.SendAsync(method, route, content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Text;
    }
}

using System.Net;
using System.Text.Json;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;

namespace BusIngest.Specs.Hosting;

public sealed class HealthSpecs : Spec
{
    [Fact]
    public async Task Should_show_every_part()
    {
        var service = await StartAsync();

        var (status, body) = await AskAsync(service, "health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", body.GetProperty("status").GetString());
        Assert.InRange(body.GetProperty("uptime").GetInt64(), 0, 600_000);
        Assert.EndsWith("Z", body.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        Assert.Equal("healthy", body.GetProperty("services").GetProperty("database").GetString());
        Assert.Equal("healthy", body.GetProperty("services").GetProperty("outbox").GetString());
    }

    [Fact]
    public async Task Should_be_unhealthy_for_as_long_as_the_database_cannot_be_written()
    {
        var service = await StartAsync();

        using (await UnwritableFile.ReplaceAsync(service.Get<MainDatabase>()))
            await AssertUnhealthyAsync(service, "database");

        await AssertHealthyAsync(service);
    }

    [Fact]
    public async Task Should_be_unhealthy_for_as_long_as_the_inbox_cannot_be_written()
    {
        var service = await StartAsync();

        using (await UnwritableFile.ReplaceAsync(service.Get<InboxDatabase>()))
            await AssertUnhealthyAsync(service, "outbox");

        await AssertHealthyAsync(service);
    }

    private static async Task AssertUnhealthyAsync(RunningService service, string part)
    {
        foreach (var route in new[] { "health", "health/ready" })
        {
            var (status, body) = await AskAsync(service, route);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Equal("unhealthy", body.GetProperty("status").GetString());
            Assert.Equal("unhealthy", body.GetProperty("services").GetProperty(part).GetString());
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(service, "health/live")).Status);
    }

    private static async Task AssertHealthyAsync(RunningService service)
    {
        foreach (var route in new[] { "health", "health/ready", "health/live" })
            Assert.Equal((HttpStatusCode.OK, "healthy"), await StateAsync(service, route));
    }

    private static async Task<(HttpStatusCode Status, string? State)> StateAsync(RunningService service, string route)
    {
        var (status, body) = await AskAsync(service, route);
        return (status, body.GetProperty("status").GetString());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(RunningService service, string route)
    {
        var answer = await service.Cars.SendAsync(HttpMethod.Get, route, null, Token);
        return (answer.Status, answer.Json());
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
}

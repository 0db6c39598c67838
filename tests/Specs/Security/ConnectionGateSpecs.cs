using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Security;

public sealed class ConnectionGateSpecs : Spec
{
    private static readonly HttpSettings Http = new() { Port = 0 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_answer_only_health_beyond_the_places(bool isByAddress)
    {
        var service = await StartAsync(isByAddress ? Http with { MaxConnectionsPerAddress = 2 } : Http with { MaxConnections = 2 });
        using var first = await RawConnection.OpenAsync(service);
        using var second = await RawConnection.OpenAsync(service);
        foreach (var connection in new[] { first, second })
        {
            await connection.GetAsync("cars");
            Assert.StartsWith("HTTP/1.1 200", await connection.ReadAsync(), StringComparison.Ordinal);
        }

        using (var third = await RawConnection.OpenAsync(service))
        {
            await third.GetAsync("cars");
            var refusal = await third.ReadAsync();
            Assert.StartsWith("HTTP/1.1 503", refusal, StringComparison.Ordinal);
            Assert.Contains("Retry-After: ", refusal, StringComparison.Ordinal);
        }

        using (var probe = await RawConnection.OpenAsync(service))
        {
            await probe.GetAsync("health/live");
            var answer = await probe.ReadAsync();
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        }

        first.Dispose();
        await UntilAsync("There is room again", async _ =>
        {
            using var again = await RawConnection.OpenAsync(service);
            await again.GetAsync("cars");
            return (await again.ReadAsync()).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Should_close_a_connection_that_is_not_used_again()
    {
        var service = await StartAsync(Http with { KeepAliveTimeout = TimeSpan.FromSeconds(1) });
        using var idle = await RawConnection.OpenAsync(service);
        await idle.GetAsync("cars");
        Assert.StartsWith("HTTP/1.1 200", await idle.ReadAsync(), StringComparison.Ordinal);

        // The end of the answer may come apart from its beginning.
        await UntilAsync("It is closed", async _ => (await idle.ReadAsync()).Length == 0);
        Assert.Equal(TimeSpan.FromSeconds(75), Http.KeepAliveTimeout);
    }

    [Fact]
    public async Task Should_answer_health_however_many_are_silent()
    {
        var service = await StartAsync(Http with { MaxConnections = 10 });
        var silent = new List<RawConnection>();
        for (var i = 0; i < 200; i++)
            silent.Add(Own(await RawConnection.OpenAsync(service)));

        using var probe = await RawConnection.OpenAsync(service);
        await probe.GetAsync("health/live");

        Assert.StartsWith("HTTP/1.1 200", await probe.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_close_a_connection_that_says_nothing()
    {
        var service = await StartAsync(Http with { FirstByteTimeout = TimeSpan.FromMilliseconds(300) });
        using var silent = await RawConnection.OpenAsync(service);

        Assert.Equal("", await Soon(silent.ReadAsync()));
    }

    private async Task<RunningService> StartAsync(HttpSettings http) =>
        Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Http = http }));
}

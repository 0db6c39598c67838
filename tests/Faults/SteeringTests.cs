using System.Net;
using System.Net.Http.Json;

namespace BusIngest.Faults;

/// <summary>What the generator was told holds from the answer on, whatever happens to the process.</summary>
public sealed class SteeringTests : FaultTest
{
    [Fact]
    public async Task Should_keep_over_a_kill_how_the_generator_was_steered()
    {
        var installation = Install();
        await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));
        using var interval = JsonContent.Create(new { intervalMs = 77 });
        Assert.Equal(HttpStatusCode.OK, (await installation.Api.SendAsync(HttpMethod.Put, "cars/seeder", interval, Token)).Status);
        await installation.Api.StopSeederAsync(Token);

        await installation.Program.KillAsync();
        await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));

        var seeder = await installation.Api.GetAsync("cars/seeder", Token);
        Assert.Equal(77, seeder.GetProperty("intervalMs").GetInt32());
        Assert.False(seeder.GetProperty("running").GetBoolean());

        Assert.Equal(HttpStatusCode.OK, (await installation.Api.SendAsync(HttpMethod.Post, "cars/seeder/start", null, Token)).Status);
        await installation.Program.KillAsync();
        await installation.StartAsync(Token);
        Assert.True((await installation.Api.GetAsync("cars/seeder", Token)).GetProperty("running").GetBoolean());
    }
}

using BusIngest.Bus;
using BusIngest.Bus.Redis;
using BusIngest.Support;

namespace BusIngest.Integration.Redis;

/// <summary>Servers and Sentinels that let in users with a password only, over TLS, or by IPv6; and what is said where they refuse.</summary>
public sealed class AccessTests : RedisTest
{
    private static readonly string[] Durable = ["--appendonly", "yes", "--appendfsync", "always"];

    /// <summary>`default` may do anything, so that a refused user would go unseen.</summary>
    private static readonly string[] WithUser = [.. Durable, "--user", "ingest", "on", ">right", "~*", "&*", "+@all"];

    [Fact]
    public async Task Should_write_as_the_user_it_was_given_and_refuse_to_be_another()
    {
        var server = Own(await RedisServer.StartAsync(Token, WithUser));
        var lane = Lane(await FindMasterAsync(At(server) with { Access = As("ingest", "right") }), At(server));
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);
        Assert.Single(await StreamAsync(server.Endpoint));

        var refused = Own(await WatchAsync(At(server) with { Access = As("ingest", "wrong") }));
        await UntilAsync("It says why", () => refused.Unavailable?.Contains("WRONGPASS", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Should_say_that_a_password_is_asked_for_and_leave_no_connections_behind()
    {
        var server = Own(await RedisServer.StartAsync(As(null, "right"), Token, [.. Durable, "--requirepass", "right"]));
        var refused = Own(await WatchAsync(At(server)));
        await UntilAsync("It says why", () => refused.Unavailable?.Contains("NOAUTH", StringComparison.Ordinal) == true);

        using var connection = await RedisConnection.OpenAsync(server.Endpoint, As(null, "right"), Token);
        var begun = TimeProvider.System.GetTimestamp();
        await UntilAsync("It has tried for a while", () => TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(5));
        var clients = (await connection.SendAsync("CLIENT", "LIST").WaitAsync(Token)).Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(clients.Length, 1, 5);
        Assert.Contains("NOAUTH", refused.Unavailable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_a_password_that_was_changed_from_its_file()
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "password");
        await File.WriteAllTextAsync(file, "old\n", Token);
        var server = Own(await RedisServer.StartAsync(As(null, "new"), Token, [.. Durable, "--requirepass", "new"]));
        var master = Own(await WatchAsync(At(server) with { Access = new RedisAccess { Password = ReloadableText.InFile(file) } }));
        await UntilAsync("The old one is refused", () => master.Unavailable?.Contains("WRONGPASS", StringComparison.Ordinal) == true);

        await File.WriteAllTextAsync(file, "new\n", Token);

        await UntilAsync("The new one is taken", () => master.Unavailable is null);
    }

    [Fact]
    public async Task Should_connect_by_tls_to_servers_of_its_authority_and_to_no_others()
    {
        using var authority = await TestAuthority.CreateAsync(Token);
        using var other = await TestAuthority.CreateAsync(Token);
        var access = As(null, "right") with { UseTls = true, CaFile = authority.CaFile };
        var server = Own(await RedisServer.StartAsync(access, Token, [.. Durable, .. authority.RedisSettings, "--requirepass", "right"]));

        var lane = Lane(await FindMasterAsync(At(server) with { Access = access }), At(server));
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);

        var foreign = Own(await WatchAsync(At(server) with { Access = access with { CaFile = other.CaFile } }));
        await UntilAsync("It says why", () => foreign.Unavailable?.Contains("certificate", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("::1", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    public async Task Should_find_a_master_by_ipv6(string master, string sentinel)
    {
        var server = await StartAloneAsync();
        var watch = Own(await RedisServer.StartSentinelAsync("mymaster", master, server.Port, RedisAccess.Open, Token));
        var alone = await FindMasterAsync(At(server) with { Host = master });
        var named = await FindMasterAsync(At(server) with { UseSentinel = true, SentinelHosts = [$"{sentinel}:{watch.Port}"] });

        Assert.Equal(($"[::1]:{server.Port}", $"[::1]:{server.Port}"), (alone.Endpoint, named.Endpoint));
    }

    [Fact]
    public async Task Should_say_that_the_sentinels_watch_another_master_or_ask_for_a_password()
    {
        var server = await StartAloneAsync();
        var access = As(null, "hush");
        var watch = Own(await RedisServer.StartSentinelAsync("prod", "127.0.0.1", server.Port, access, Token, "requirepass hush"));
        RedisOptions behind = At(server) with { UseSentinel = true, SentinelHosts = [watch.Endpoint], SentinelAccess = access };

        var unknown = Own(await WatchAsync(behind));
        var outside = Own(await WatchAsync(behind with { SentinelMasterName = "prod", SentinelAccess = RedisAccess.Open }));
        var inside = await FindMasterAsync(behind with { SentinelMasterName = "prod" });

        Assert.Equal(server.Endpoint, inside.Endpoint);
        await UntilAsync("It names the name", () => unknown.Unavailable is { } reason
            && reason.Contains("No such master", StringComparison.Ordinal) && reason.Contains("mymaster", StringComparison.Ordinal) && reason.Contains("prod", StringComparison.Ordinal));
        await UntilAsync("It says why", () => outside.Unavailable?.Contains("NOAUTH", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Should_not_trust_a_server_that_evicts_and_trust_it_again_when_that_is_mended()
    {
        var server = await StartAloneAsync();
        var master = await FindMasterAsync(At(server));
        var lane = Lane(master, At(server));
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);

        await master.Connection.SendAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru").WaitAsync(Token);
        await UntilAsync("It is seen", () => master.Refusal?.Contains("maxmemory-policy allkeys-lru", StringComparison.Ordinal) == true);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token));
        Assert.Single(await StreamAsync(server.Endpoint));

        await master.Connection.SendAsync("CONFIG", "SET", "maxmemory-policy", "noeviction").WaitAsync(Token);
        await UntilAsync("It is trusted", () => master.Unavailable is null);
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);
    }

    private static RedisAccess As(string? user, string password) => new() { User = user, Password = new ReloadableText(password) };
}

using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

public sealed class AccessSpecs : SettingsSpec
{
    [Fact]
    public void Should_listen_on_loopback_without_keys() => Assert.Equal(HttpSettings.Loopback, Folder.Load().Http.Bind);

    [Theory]
    [InlineData("AUTH_API_KEYS", "ann=k1")]
    [InlineData("AUTH_ANONYMOUS", "true")]
    public void Should_listen_on_all_addresses_when_told_who_may_come_in(string name, string value) =>
        Assert.Equal(HttpSettings.AnyAddress, Folder.Load(null, (name, value)).Http.Bind);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Should_refuse_other_machines_without_keys(string bind)
    {
        Assert.Equal(
            [$"BIND: '{bind}' is open to other machines: set AUTH_API_KEYS, or AUTH_ANONYMOUS=true to let everyone in"],
            Folder.Refuse(null, ("BIND", bind)));
        Folder.Load(null, ("BIND", bind), ("AUTH_API_KEYS", "ann=k1"));
        Folder.Load(null, ("BIND", bind), ("AUTH_ANONYMOUS", "true"));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("::1", "::1")]
    [InlineData("[::1]", "::1")]
    [InlineData("LocalHost", HttpSettings.Loopback)]
    public void Should_listen_on_a_loopback_address_without_keys(string bind, string expected) =>
        Assert.Equal(expected, Folder.Load(null, ("BIND", bind)).Http.Bind);

    [Fact]
    public void Should_read_keys_and_not_keep_them()
    {
        var keys = Folder.Load(null, ("AUTH_API_KEYS", "ann=k1, bob=a=b==")).ApiKeys;

        Assert.Equal("ann bob", string.Join(" ", keys.Select(key => key.Name)));
        Assert.True(keys[1].Matches(ApiKey.Hash("a=b==")));
        Assert.False(keys[1].Matches(ApiKey.Hash("a=b=")));
        Assert.Equal("ann", keys[0].ToString());
    }

    [Fact]
    public void Should_read_what_a_key_is_good_for()
    {
        var keys = Folder.Load(null, ("AUTH_API_KEYS", "ann=k1,bob:read=k2,carl:write+READ=k3:=,dora:operate=k4")).ApiKeys;
        Assert.Equal([AccessScopes.All, AccessScopes.Read, AccessScopes.Read | AccessScopes.Write, AccessScopes.Operate], keys.Select(key => key.Scopes));
        Assert.True(keys[2].Matches(ApiKey.Hash("k3:=")));
    }

    [Fact]
    public void Should_read_scopes_from_a_list_in_json()
    {
        Folder.WithJson("""{ "Auth": { "ApiKeys": [ "ann=k1", "bob:read+operate=k2" ] } }""");
        Assert.Equal([AccessScopes.All, AccessScopes.Read | AccessScopes.Operate], Folder.Load().ApiKeys.Select(key => key.Scopes));
    }

    [Theory]
    [InlineData("hush")]
    [InlineData("ann=k1,hush")]
    [InlineData("ann=k1,=hush")]
    [InlineData("ann=k1,ann=hush")]
    [InlineData("ann=hush,")]
    [InlineData("a nn=hush")]
    [InlineData("ann=hush hush")]
    [InlineData("ann:hush=k1")]
    [InlineData("ann:read+hush=k1")]
    [InlineData("ann:=hush")]
    [InlineData("ann:read,write=hush")]
    [InlineData("ann:read+=hush")]
    [InlineData("ann=hush,bob=hush")]
    public void Should_refuse_malformed_keys_without_showing_them(string keys)
    {
        var line = Assert.Single(Folder.Refuse(null, ("AUTH_API_KEYS", keys)));

        Assert.StartsWith("AUTH_API_KEYS: entry ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }
}

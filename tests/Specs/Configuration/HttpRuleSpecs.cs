using System.Net;
using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

public sealed class HttpRuleSpecs : SettingsSpec
{
    [Fact]
    public void Should_read_names_origins_proxies_and_the_public_address()
    {
        var http = Folder.Load(
            null,
            ("ALLOWED_HOSTS", "cars.example, *.below.example,[2001:db8::1]"),
            ("CORS_ORIGINS", "https://shop.example,http://localhost:8080/"),
            ("TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1,::1"),
            ("PUBLIC_URL", "https://ingest.example")).Http;

        Assert.Equal(["cars.example", "*.below.example", "2001:db8::1"], http.AllowedHosts);
        Assert.Equal(["https://shop.example", "http://localhost:8080"], http.CorsOrigins);
        Assert.Equal(["10.0.0.0/8", "192.0.2.1/32", "::1/128"], http.TrustedProxies.Select(proxy => proxy.ToString()), StringComparer.Ordinal);
        Assert.Equal("https://ingest.example/", http.PublicUrl?.AbsoluteUri);
        Assert.True(http.IsSecure);
        Assert.True(http.TrustedProxies[0].Contains(IPAddress.Parse("10.1.2.3")));
    }

    [Theory]
    [InlineData("ALLOWED_HOSTS", "cars.example:80")]
    [InlineData("ALLOWED_HOSTS", "http://cars.example")]
    [InlineData("ALLOWED_HOSTS", "a b")]
    [InlineData("CORS_ORIGINS", "*")]
    [InlineData("CORS_ORIGINS", "https://shop.example/path")]
    [InlineData("CORS_ORIGINS", "shop.example")]
    [InlineData("TRUSTED_PROXIES", "proxy")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/33")]
    [InlineData("PUBLIC_URL", "https://user:hush@ingest.example")]
    [InlineData("PUBLIC_URL", "ingest.example")]
    [InlineData("PUBLIC_URL", "https://ingest.example/below")]
    [InlineData("TLS_CERTIFICATE", "nowhere.pem")]
    [InlineData("AUTH_SESSION_SECRET", "short")]
    [InlineData("SYNC_SECRET", "short")]
    [InlineData("Http__KeepAliveTimeoutMs", "999")]
    public void Should_refuse_what_is_none(string name, string value)
    {
        var line = Assert.Single(Folder.Refuse(null, (name, value)));

        Assert.StartsWith(name, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zk9vQ3h1Y2tlbnNvdXBhbmRyaWNlMTIzNDU2Nzg5MDE=", true)]
    [InlineData("q3Xk9ZLr0aB7cD2eF4gH6iJ8", true)]
    [InlineData("8f14e45fceea167a5a36dedd4bea2543", true)]
    [InlineData("8f14e45fceea167a5a36dedd4bea254", false)]
    [InlineData("hunter2", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("the-key-of-ann-for-everything", false)]
    [InlineData("correct-horse-battery-staple", false)]
    public void Should_tell_keys_that_may_be_guessed(string key, bool isStrong) => Assert.Equal(isStrong, new ApiKey("ann", key).IsStrong);
}

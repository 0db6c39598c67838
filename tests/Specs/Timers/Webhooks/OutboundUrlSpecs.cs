using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class OutboundUrlSpecs
{
    private const string NotHttp = "must be an absolute http or https address";
    private const string NotPublic = "must be a public address";

    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>(StringComparer.Ordinal);

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("  ", "must not be empty")]
    [InlineData("ftp://example.com/", NotHttp)]
    [InlineData("file:///etc/passwd", NotHttp)]
    [InlineData("javascript:alert(1)", NotHttp)]
    [InlineData("/hook", NotHttp)]
    [InlineData("//example.com/hook", NotHttp)]
    [InlineData("example.com/hook", NotHttp)]
    [InlineData("http:example.com", NotHttp)]
    [InlineData("http://", NotHttp)]
    [InlineData("http://ex ample.com/", NotHttp)]
    [InlineData("http://example.com:99999/", NotHttp)]
    [InlineData("http://%31%32%37.0.0.1/", NotHttp)]
    [InlineData(@"http://example.com\@127.0.0.1/", NotHttp)]
    [InlineData("http://\u05d0127/", NotHttp)]
    [InlineData("/\\\u202e", NotHttp)]
    [InlineData("//\u202e", NotHttp)]
    [InlineData("http://ann:secret@example.com/", "must be without user name and password")]
    [InlineData("http://ann@example.com/", "must be without user name and password")]
    [InlineData("http://127.0.0.1", NotPublic)]
    [InlineData("http://127.0.0.1.:8080/", NotPublic)]
    [InlineData("http://127.1/", NotPublic)]
    [InlineData("http://2130706433/", NotPublic)]
    [InlineData("http://0x7f.1/", NotPublic)]
    [InlineData("http://0x7f.1./", NotPublic)]
    [InlineData("http://017700000001", NotPublic)]
    [InlineData("http://127。0。0。1/", NotPublic)]
    [InlineData("http://0/", NotPublic)]
    [InlineData("http://10.0.0.1/", NotPublic)]
    [InlineData("https://192.168.1.1/", NotPublic)]
    [InlineData("http://169.254.169.254/latest/meta-data/", NotPublic)]
    [InlineData("http://[::1]/", NotPublic)]
    [InlineData("http://[::]/", NotPublic)]
    [InlineData("http://[::ffff:10.0.0.1]", NotPublic)]
    [InlineData("http://[::ffff:7f00:1]", NotPublic)]
    [InlineData("http://[fe80::1%25eth0]/", NotPublic)]
    [InlineData("http://[fd00::1]/", NotPublic)]
    [InlineData("http://[64:ff9b::7f00:1]/", NotPublic)]
    [InlineData("http://localhost/", NotPublic)]
    [InlineData("http://LOCALHOST.:80/", NotPublic)]
    [InlineData("http://api.localhost/", NotPublic)]
    public void Should_refuse(string text, string reason)
    {
        Assert.False(OutboundUrl.TryParse(text, Nobody, out var url, out var error));
        Assert.Equal(reason, error);
        Assert.Null(url);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("https://example.com:8443/hooks/1?a=b#c")]
    [InlineData("HTTPS://EXAMPLE.COM./")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("http://[2606:4700:4700::1111]/")]
    [InlineData("http://bücher.example/")]
    [InlineData("http://notlocalhost/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://127.0.0.1.example.com/")]
    public void Should_accept(string text)
    {
        Assert.True(OutboundUrl.TryParse(text, Nobody, out var url, out var error), error);
        Assert.Equal(new Uri(text), url);
        Assert.Null(error);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/hook", "127.0.0.1")]
    [InlineData("http://2130706433/", "127.0.0.1")]
    [InlineData("http://LocalHost:9000/", "localhost")]
    [InlineData("http://localhost./", "LOCALHOST")]
    [InlineData("http://api.localhost/", "api.localhost")]
    [InlineData("http://[::1]/", "[::1]")]
    [InlineData("http://[0:0::1]/", "::1")]
    [InlineData("http://10.1.2.3/", " 10.1.2.3 ")]
    public void Should_accept_a_private_host_that_is_allowed(string text, string allowed)
    {
        var options = new WebhookOptions { AllowedHosts = new HashSet<string>([allowed], StringComparer.Ordinal) };

        Assert.True(OutboundUrl.TryParse(text, options.AllowedHosts, out _, out var error), error);
        Assert.False(OutboundUrl.TryParse("http://127.0.0.2/", options.AllowedHosts, out _, out _));
    }

    [Fact]
    public void Should_refuse_what_is_too_long()
    {
        const string Start = "http://example.com/";
        var longest = Start + new string('a', OutboundUrl.MaxLength - Start.Length);

        Assert.True(OutboundUrl.TryParse(longest, Nobody, out _, out _));
        Assert.False(OutboundUrl.TryParse(longest + "a", Nobody, out _, out var error));
        Assert.Equal("must be at most 2,048 characters long", error);
        Assert.False(OutboundUrl.TryParse(Start + new string('a', 3_000), Nobody, out _, out _));
    }
}

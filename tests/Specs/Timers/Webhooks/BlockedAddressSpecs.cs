using BusIngest.Workers.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class BlockedAddressSpecs : WebhookSpec
{
    /// <summary>A name that nobody else has.</summary>
    private const string Host = "hooks.example";

    /// <summary>A sink of the AS112 project (RFC 7535): public, and with nothing listening.</summary>
    private const string PublicSink = "192.31.196.1";

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("127.0.0.1.", "127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]", "::ffff:127.0.0.1")]
    [InlineData("169.254.169.254", "169.254.169.254")]
    public async Task Should_not_be_called(string host, string address)
    {
        var stub = await StubAsync();

        var outcome = await SendAsync(Sender(Options with { AllowedHosts = Set() }), stub.Url(host));

        Assert.Equal((WebhookResult.Abandoned, $"blocked: {address} is not a public address"), (outcome.Result, outcome.Error));
        Assert.Empty(stub.Received);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1 127.0.0.1 fd00::1")]
    public async Task Should_not_be_called_by_a_name(string addresses)
    {
        var stub = await StubAsync();
        Resolver.Set(Host, addresses);

        var outcome = await SendAsync(Sender(), stub.Url(Host));

        Assert.Equal(WebhookResult.Abandoned, outcome.Result);
        Assert.StartsWith("blocked: ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(stub.Received);
    }

    [Fact]
    public async Task Should_be_called_by_a_name_that_is_allowed()
    {
        var stub = await StubAsync();
        Resolver.Set(Host, "127.0.0.1");

        var outcome = await SendAsync(Sender(Options with { AllowedHosts = Set(Host) }), stub.Url("Hooks.Example."));

        Assert.Equal((WebhookResult.Delivered, 1), (outcome.Result, stub.Received.Count));
    }

    [Fact]
    public async Task Should_be_called_at_the_port_that_is_allowed_and_at_no_other()
    {
        var (stub, other) = (await StubAsync(), await StubAsync());
        Resolver.Set(Host, "127.0.0.1");
        var sender = Sender(Options with { AllowedHosts = Set($"Hooks.Example:{stub.Port}", $"127.0.0.1:{stub.Port}") });

        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url(Host))).Result);
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url())).Result);
        Assert.Equal(WebhookResult.Abandoned, (await SendAsync(sender, other.Url(Host))).Result);
        Assert.Equal(WebhookResult.Abandoned, (await SendAsync(sender, other.Url())).Result);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Should_not_tell_what_a_name_stands_for()
    {
        Resolver.Set(Host, "10.1.2.3");

        var outcome = await SendAsync(Sender(), $"http://{Host}/");

        Assert.Equal((WebhookResult.Abandoned, "blocked: hooks.example is not a public address"), (outcome.Result, outcome.Error));
    }

    [Fact]
    public async Task Should_not_be_called_by_a_name_that_was_public_before()
    {
        var stub = await StubAsync();
        Resolver.Set(Host, PublicSink, "127.0.0.1");
        var sender = Sender(Options with { Timeout = TimeSpan.FromMilliseconds(300) }, TimeProvider.System);

        var first = await SendAsync(sender, stub.Url(Host));
        var second = await SendAsync(sender, stub.Url(Host));

        Assert.Equal(WebhookResult.Failed, first.Result);
        Assert.Equal((WebhookResult.Abandoned, "blocked: hooks.example is not a public address"), (second.Result, second.Error));
        Assert.Empty(stub.Received);
    }

    /// <summary>A second look-up between the check and the connection would get another answer.</summary>
    [Fact]
    public async Task Should_be_looked_up_once_for_a_connection()
    {
        var stub = await StubAsync();
        Resolver.Set(Host, "127.0.0.1", "10.255.255.1");

        var outcome = await SendAsync(Sender(Options with { AllowedHosts = Set(Host) }), stub.Url(Host));

        Assert.Equal(WebhookResult.Delivered, outcome.Result);
        Assert.Equal([Host], Resolver.Asked);
    }

    [Fact]
    public async Task Should_be_left_out_where_there_is_a_public_one()
    {
        var stub = await StubAsync();
        Resolver.Set(Host, $"127.0.0.1 {PublicSink}");

        var outcome = await SendAsync(
            Sender(Options with { Timeout = TimeSpan.FromMilliseconds(300) }, TimeProvider.System), stub.Url(Host));

        Assert.Equal(WebhookResult.Failed, outcome.Result);
        Assert.Empty(stub.Received);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("nonsense")]
    [InlineData("http://\u05d0127/")]
    public async Task Should_be_http(string url)
    {
        var outcome = await SendAsync(Sender(), url);

        Assert.Equal((WebhookResult.Abandoned, "blocked: not an http or https address"), (outcome.Result, outcome.Error));
    }

    [Fact]
    public async Task Should_be_tried_one_after_another()
    {
        var stub = await StubAsync();
        Resolver.Set(Host, "127.0.0.2 127.0.0.1");

        var outcome = await SendAsync(Sender(Options with { AllowedHosts = Set(Host) }), stub.Url(Host));

        Assert.Equal(WebhookResult.Delivered, outcome.Result);
    }
}

using System.Globalization;
using System.Text;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class SignatureSpecs : WebhookSpec
{
    private static readonly byte[] Key = Convert.FromBase64String(Secret["whsec_".Length..]);

    [Fact]
    public void Should_be_that_of_the_published_example()
    {
        var signature = WebhookSignature.Create(
            [Parse(Secret)], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, """{"test": 2432232314}"""u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public async Task Should_be_what_the_receiver_works_out()
    {
        var stub = await StubAsync();

        await SendAsync(Sender(), stub.Url());

        var received = Assert.Single(stub.Received);
        Assert.Equal(("POST", "/hook"), (received.Method, received.Path));
        Assert.Equal([received.Sign(Key)], received.Signatures);
        Assert.Equal(FakeClock.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), received.Timestamp);
    }

    [Fact]
    public async Task Should_be_valid_for_a_library_of_others()
    {
        const string Other = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        var stub = await StubAsync();

        await SendAsync(Sender(Options with { Secrets = [Parse(Other), Parse(Secret)] }, TimeProvider.System), stub.Url());

        var received = Assert.Single(stub.Received);
        // It looks at the first of several signatures alone.
        foreach (var (secret, signature) in new[] { Other, Secret }.Zip(received.Signatures))
        {
            var receiver = new StandardWebhook(secret);
            var headers = new HeaderDictionary { ["webhook-id"] = received.Id, ["webhook-timestamp"] = received.Timestamp, ["webhook-signature"] = signature };
            receiver.Verify(received.Text, headers);
            Assert.Throws<WebhookVerificationException>(() => receiver.Verify(received.Text + " ", headers));
        }
    }

    [Fact]
    public async Task Should_be_one_for_each_secret()
    {
        const string Plain = "a-secret-of-plain-text";
        var stub = await StubAsync();

        await SendAsync(Sender(Options with { Secrets = [Parse(Plain), Parse(Secret)] }), stub.Url());

        var received = Assert.Single(stub.Received);
        Assert.Equal([received.Sign(Encoding.UTF8.GetBytes(Plain)), received.Sign(Key)], received.Signatures);
    }

    [Fact]
    public async Task Should_be_of_the_very_body_that_tells_of_the_timer()
    {
        var stub = await StubAsync();
        var timer = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

        await Soon(Sender().SendAsync(To(stub.Url(), timer), Token));

        var received = Assert.Single(stub.Received);
        Assert.Equal(
            """{"timerId":"0f8fad5b-d9cb-469f-a165-70867728950e","dueAt":"2026-01-31T11:59:58.000Z","firedAt":"2026-01-31T11:59:58.500Z"}""",
            received.Text);
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal("msg_0f8fad5bd9cb469fa16570867728950e", received.Id);
    }

    [Fact]
    public async Task Should_be_under_the_same_id_and_a_new_time_for_each_attempt()
    {
        var stub = await StubAsync();
        var sender = Sender();
        var timer = Guid.NewGuid();

        await Soon(sender.SendAsync(To(stub.Url(), timer, attempt: 1), Token));
        Clock.Advance(TimeSpan.FromSeconds(7));
        await Soon(sender.SendAsync(To(stub.Url(), timer, attempt: 2), Token));

        var (first, second) = (stub.Received[0], stub.Received[1]);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(7, long.Parse(second.Timestamp) - long.Parse(first.Timestamp));
        Assert.Equal([second.Sign(Key)], second.Signatures);
    }

    [Fact]
    public async Task Should_carry_no_cookies_and_no_trace()
    {
        var stub = await StubAsync();
        var sender = Sender();
        stub.Answer = context =>
        {
            context.Response.Headers.SetCookie = "session=1";
            return Task.CompletedTask;
        };
        using var activity = new System.Diagnostics.Activity("spec").Start();

        await SendAsync(sender, stub.Url());
        await SendAsync(sender, stub.Url());

        Assert.Equal(2, stub.Received.Count);
        Assert.All(stub.Received, received => Assert.Empty(received.Headers.Keys.Intersect(["Cookie", "traceparent", "Request-Id"], StringComparer.OrdinalIgnoreCase)));
    }
}

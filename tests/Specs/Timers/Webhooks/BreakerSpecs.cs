using BusIngest.Workers.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class BreakerSpecs : WebhookSpec
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Should_open_after_failures_in_a_row()
    {
        var stub = await StubAsync();
        var sender = Sender();
        await FailAsync(sender, stub, 5);

        var outcome = await SendAsync(sender, stub.Url());

        Assert.Equal(WebhookResult.Failed, outcome.Result);
        Assert.Equal($"circuit open: 127.0.0.1:{stub.Port} failed 5 times in a row, next try in 15 s", outcome.Error);
        Assert.Null(outcome.StatusCode);
        Assert.Equal(5, stub.Received.Count);
    }

    [Fact]
    public async Task Should_count_those_in_a_row_only()
    {
        var stub = await StubAsync();
        var sender = Sender();
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(sender, stub, 4);
            stub.Answer = WebhookStub.Status(200);
            Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url())).Result);
        }

        // However many successes there were before.
        await FailAsync(sender, stub, 5);
        Assert.StartsWith("circuit open", (await SendAsync(sender, stub.Url())).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_failures_that_are_hours_apart()
    {
        var stub = await StubAsync();
        var sender = Sender();
        for (var i = 0; i < 5; i++)
        {
            await FailAsync(sender, stub, 1);
            Clock.Advance(i < 4 ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        }

        Assert.StartsWith("circuit open", (await SendAsync(sender, stub.Url())).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(302)]
    public async Task Should_not_open_for_what_is_the_requests_own_fault(int status)
    {
        var stub = await StubAsync();
        var sender = Sender();
        stub.Answer = WebhookStub.Status(status);

        for (var i = 0; i < 10; i++)
            Assert.Equal(status, (await SendAsync(sender, stub.Url())).StatusCode);
    }

    [Fact]
    public async Task Should_not_open_for_blocked_addresses()
    {
        var sender = Sender();
        for (var i = 0; i < 10; i++)
            Assert.StartsWith("blocked", (await SendAsync(sender, "http://10.0.0.1/")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_let_one_through_after_the_break_and_close_when_that_succeeds()
    {
        var stub = await StubAsync();
        var sender = Sender();
        await FailAsync(sender, stub, 5);
        Clock.Advance(Break);

        stub.Answer = WebhookStub.Hang;
        var trial = sender.SendAsync(To(stub.Url()), Token);
        await UntilAsync("One is let through", () => stub.Received.Count == 6);
        var beside = await SendAsync(sender, stub.Url());
        Assert.Equal($"circuit open: 127.0.0.1:{stub.Port} failed 5 times in a row, a try is under way", beside.Error);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("timed out after 10 s", (await Soon(trial)).Error);

        // It failed, so the break begins anew.
        Assert.EndsWith("next try in 15 s", (await SendAsync(sender, stub.Url())).Error, StringComparison.Ordinal);
        Clock.Advance(Break);
        stub.Answer = WebhookStub.Status(200);
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url())).Result);
        await FailAsync(sender, stub, 4);
        stub.Answer = WebhookStub.Status(200);
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url())).Result);
    }

    [Fact]
    public async Task Should_open_for_connections_that_are_refused()
    {
        var stub = await StubAsync();
        var url = stub.Url();
        await stub.DisposeAsync();
        var sender = Sender();

        for (var i = 0; i < 5; i++)
            Assert.Equal("connection refused", (await SendAsync(sender, url)).Error);

        Assert.StartsWith("circuit open", (await SendAsync(sender, url)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_each_hosts_own()
    {
        var (dead, alive) = (await StubAsync(), await StubAsync());
        var sender = Sender();
        await FailAsync(sender, dead, 5);

        Assert.StartsWith("circuit open", (await SendAsync(sender, dead.Url())).Error, StringComparison.Ordinal);
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, alive.Url())).Result);
    }

    private static async Task FailAsync(WebhookSender sender, WebhookStub stub, int times)
    {
        stub.Answer = WebhookStub.Status(500);
        for (var i = 0; i < times; i++)
            Assert.Equal(500, (await SendAsync(sender, stub.Url())).StatusCode);
    }
}

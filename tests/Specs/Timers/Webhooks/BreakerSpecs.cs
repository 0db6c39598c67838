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

        AssertPutOff(outcome);
        Assert.Equal((null, null), (outcome.StatusCode, outcome.Error));
        Assert.InRange(outcome.DeferredFor, Break, Break + TimeSpan.FromSeconds(2));
        Assert.Equal(5, stub.Received.Count);
    }

    [Fact]
    public async Task Should_open_for_the_path_that_fails_and_for_no_other()
    {
        var stub = await StubAsync();
        var sender = Sender();
        await FailAsync(sender, stub, 5);
        stub.Answer = WebhookStub.Status(200);

        AssertPutOff(await SendAsync(sender, stub.Url()));
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url(path: "/mine"))).Result);
        // That others are well does not make the path well.
        AssertPutOff(await SendAsync(sender, stub.Url(path: "/hook?customer=2")));
    }

    [Fact]
    public async Task Should_not_open_for_others_while_a_path_does_not_answer()
    {
        var stub = await StubAsync();
        var sender = Sender();
        stub.Answer = WebhookStub.Hang;
        for (var i = 0; i < 5; i++)
        {
            var silent = sender.SendAsync(To(stub.Url()), Token);
            await UntilAsync("It is called", () => stub.InHand == 1);
            Clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("timed out after 10 s", (await Soon(silent)).Error);
        }

        stub.Answer = WebhookStub.Status(200);
        AssertPutOff(await SendAsync(sender, stub.Url()));
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url(path: "/mine"))).Result);
    }

    [Fact]
    public async Task Should_put_nothing_off_for_longer_than_a_break()
    {
        var stub = await StubAsync();
        var sender = Sender();
        await FailAsync(sender, stub, 5);

        AssertPutOff(await Soon(sender.SendAsync(To(stub.Url()) with { DeferredAt = FakeClock.Start - Break + TimeSpan.FromSeconds(1) }, Token)));
        Assert.Equal(500, (await Soon(sender.SendAsync(To(stub.Url()) with { DeferredAt = FakeClock.Start - Break }, Token))).StatusCode);
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
        AssertPutOff(await SendAsync(sender, stub.Url()));
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

        AssertPutOff(await SendAsync(sender, stub.Url()));
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
        AssertPutOff(beside);
        Assert.InRange(beside.DeferredFor, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("timed out after 10 s", (await Soon(trial)).Error);

        // It failed, so the break begins anew.
        AssertPutOff(await SendAsync(sender, stub.Url()));
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
        var (url, mine) = (stub.Url(), stub.Url(path: "/mine"));
        await stub.DisposeAsync();
        var sender = Sender();

        for (var i = 0; i < 5; i++)
            Assert.Equal("connection refused", (await SendAsync(sender, url)).Error);

        // Whatever the path: nobody listens.
        AssertPutOff(await SendAsync(sender, url));
        AssertPutOff(await SendAsync(sender, mine));
    }

    [Fact]
    public async Task Should_be_each_hosts_own()
    {
        var (dead, alive) = (await StubAsync(), await StubAsync());
        var sender = Sender();
        await FailAsync(sender, dead, 5);

        AssertPutOff(await SendAsync(sender, dead.Url()));
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, alive.Url())).Result);
    }

    private static void AssertPutOff(WebhookOutcome outcome) =>
        Assert.Equal((WebhookResult.Deferred, DeferralReason.CircuitOpen), (outcome.Result, outcome.DeferredBecause));

    private static async Task FailAsync(WebhookSender sender, WebhookStub stub, int times)
    {
        stub.Answer = WebhookStub.Status(500);
        for (var i = 0; i < times; i++)
            Assert.Equal(500, (await SendAsync(sender, stub.Url())).StatusCode);
    }
}

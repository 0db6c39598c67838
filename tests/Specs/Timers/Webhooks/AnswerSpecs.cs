using BusIngest.Workers.Timers.Webhooks;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class AnswerSpecs : WebhookSpec
{
    [Theory]
    [InlineData(200, WebhookResult.Delivered, null)]
    [InlineData(204, WebhookResult.Delivered, null)]
    [InlineData(299, WebhookResult.Delivered, null)]
    [InlineData(304, WebhookResult.Failed, "304 Not Modified")]
    [InlineData(400, WebhookResult.Failed, "400 Bad Request")]
    [InlineData(404, WebhookResult.Failed, "404 Not Found")]
    [InlineData(410, WebhookResult.Abandoned, "410 Gone")]
    [InlineData(429, WebhookResult.Failed, "429 Too Many Requests")]
    [InlineData(500, WebhookResult.Failed, "500 Internal Server Error")]
    [InlineData(599, WebhookResult.Failed, "599")]
    internal async Task Should_be_judged_by_its_status(int status, WebhookResult result, string? error)
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Status(status);

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal((result, status, error), (outcome.Result, outcome.StatusCode, outcome.Error));
        Assert.Equal(FakeClock.Start, outcome.StartedAt);
        Assert.Null(outcome.RetryAfter);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(410, 90)]
    [InlineData(429, 90)]
    [InlineData(404, 90)]
    [InlineData(503, 90)]
    public async Task Should_say_when_to_come_again_unless_all_is_well(int status, int? seconds)
    {
        var stub = await StubAsync();
        stub.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "90";
            return WebhookStub.Status(status)(context);
        };

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(seconds, outcome.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Should_take_a_date_of_when_to_come_again_by_our_own_clock()
    {
        var stub = await StubAsync();
        stub.Answer = context =>
        {
            context.Response.Headers.RetryAfter = (FakeClock.Start + TimeSpan.FromMinutes(5)).ToString("R");
            return WebhookStub.Status(429)(context);
        };

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(TimeSpan.FromMinutes(5), outcome.RetryAfter);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("no such order\n", "no such order\n")]
    [InlineData("déjà vu", "déjà vu")]
    public async Task Should_be_kept(string body, string kept)
    {
        var stub = await StubAsync();
        stub.Answer = context => context.Response.WriteAsync(body);

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(kept, outcome.ResponseBody);
    }

    [Fact]
    public async Task Should_be_kept_with_what_is_not_text_replaced()
    {
        var stub = await StubAsync();
        stub.Answer = context => context.Response.Body.WriteAsync(new byte[] { (byte)'a', 0xff, 0, (byte)'b', 0xc3 }).AsTask();

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal("a\uFFFD\uFFFDb\uFFFD", outcome.ResponseBody);
    }

    /// <summary>The clock stands still: whoever read on would wait for ever.</summary>
    [Fact]
    public async Task Should_be_kept_up_to_4_KB_and_read_no_further()
    {
        var stub = await StubAsync();
        stub.Answer = async context =>
        {
            await context.Response.WriteAsync("x" + new string('é', 3_000));
            await context.Response.Body.FlushAsync();
            await WebhookStub.Hang(context);
        };

        var outcome = await SendAsync(Sender(), stub.Url());

        // 4,096 bytes end in the middle of a letter, which is left out.
        Assert.Equal("x" + new string('é', 2_047), outcome.ResponseBody);
        Assert.Equal(WebhookResult.Delivered, outcome.Result);
        await UntilAsync("The connection is given up", () => stub.InHand == 0);
    }

    [Fact]
    public async Task Should_count_as_soon_as_its_status_is_there()
    {
        var stub = await StubAsync();
        stub.Answer = async context =>
        {
            await context.Response.WriteAsync("half of ");
            await context.Response.Body.FlushAsync();
            await WebhookStub.Hang(context);
        };

        var outcome = await SendAsync(Sender(Options with { Timeout = TimeSpan.FromMilliseconds(300) }, TimeProvider.System), stub.Url());

        Assert.Equal((WebhookResult.Delivered, "half of "), (outcome.Result, outcome.ResponseBody));
    }

    [Fact]
    public async Task Should_come_over_a_connection_that_is_kept()
    {
        var stub = await StubAsync();
        var connections = new HashSet<string>(StringComparer.Ordinal);
        stub.Answer = context =>
        {
            connections.Add(context.Connection.Id);
            return context.Response.WriteAsync("thanks");
        };
        var sender = Sender();

        for (var i = 0; i < 3; i++)
            await SendAsync(sender, stub.Url());

        Assert.Single(connections);
    }
}

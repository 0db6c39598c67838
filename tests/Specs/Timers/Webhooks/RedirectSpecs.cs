using BusIngest.Workers.Timers.Webhooks;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class RedirectSpecs : WebhookSpec
{
    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Should_be_followed_with_the_same_signed_post(int status)
    {
        var stub = await StubAsync();
        stub.Answer = context => context.Request.Path == "/hook" ? RedirectAsync(context, status, "/moved?to=1") : WebhookStub.Status(204)(context);

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal((WebhookResult.Delivered, 204), (outcome.Result, outcome.StatusCode));
        Assert.Equal("/hook /moved?to=1", string.Join(' ', stub.Received.Select(received => received.Path)));
        var (first, second) = (stub.Received[0], stub.Received[1]);
        Assert.Equal(("POST", first.Text, first.Id, first.Signatures[0]), (second.Method, second.Text, second.Id, second.Signatures[0]));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Should_be_followed_three_times(int redirects, bool delivered)
    {
        var stub = await StubAsync();
        stub.Answer = context => stub.Received.Count <= redirects
            ? RedirectAsync(context, 307, $"/{stub.Received.Count}")
            : WebhookStub.Status(200)(context);

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(delivered ? WebhookResult.Delivered : WebhookResult.Failed, outcome.Result);
        Assert.Equal(4, stub.Received.Count);
        if (!delivered)
            Assert.Equal($"307 Temporary Redirect to {stub.Url(path: "/4")} refused: after 3 redirects", outcome.Error);
    }

    [Fact]
    public async Task Should_not_be_followed_to_another_host()
    {
        var (stub, other) = (await StubAsync(), await StubAsync());
        stub.Answer = context => RedirectAsync(context, 307, other.Url());

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal((WebhookResult.Failed, 307), (outcome.Result, outcome.StatusCode));
        Assert.Equal($"307 Temporary Redirect to {other.Url()} refused: another host", outcome.Error);
        Assert.Empty(other.Received);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/hook", "another host")]
    [InlineData("http://localhost:{0}/hook", "another host")]
    [InlineData("//localhost:{0}/hook", "another host")]
    [InlineData("http://ann:secret@169.254.169.254/", "another host")]
    [InlineData(null, "no address")]
    public async Task Should_not_be_followed_elsewhere(string? location, string reason)
    {
        var stub = await StubAsync();
        stub.Answer = context => RedirectAsync(context, 308, location is null ? null : string.Format(location, stub.Port));

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(WebhookResult.Failed, outcome.Result);
        Assert.StartsWith("308 Permanent Redirect to ", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith($" refused: {reason}", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome.Error, StringComparison.Ordinal);
        Assert.Single(stub.Received);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task Should_not_be_followed_when_the_post_would_not_stay_one(int status)
    {
        var stub = await StubAsync();
        stub.Answer = context => RedirectAsync(context, status, "/moved");

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(WebhookResult.Failed, outcome.Result);
        Assert.EndsWith($" to {stub.Url(path: "/moved")} refused: only 307 and 308 are followed", outcome.Error, StringComparison.Ordinal);
        Assert.Single(stub.Received);
    }

    private static Task RedirectAsync(HttpContext context, int status, string? location)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}

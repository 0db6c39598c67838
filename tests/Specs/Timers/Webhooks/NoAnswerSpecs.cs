using System.Net;
using System.Net.Sockets;
using BusIngest.Workers.Timers.Webhooks;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class NoAnswerSpecs : WebhookSpec
{
    [Fact]
    public async Task Should_be_a_failure_after_the_time_limit()
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Hang;
        var sending = Sender().SendAsync(To(stub.Url()), Token);
        await UntilAsync("It is being called", () => stub.InHand == 1);

        Clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(sending.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var outcome = await Soon(sending);

        Assert.Equal((WebhookResult.Failed, "timed out after 10 s"), (outcome.Result, outcome.Error));
        Assert.Equal((TimeSpan.FromSeconds(10), FakeClock.Start), (outcome.Duration, outcome.StartedAt));
        Assert.Null(outcome.StatusCode);
        Assert.Null(outcome.ResponseBody);
    }

    [Fact]
    public async Task Should_be_a_failure_after_the_time_limit_of_the_look_up_too()
    {
        Resolver.Hangs = true;
        var sending = Sender().SendAsync(To("http://hooks.example/"), Token);
        await UntilAsync("It is being looked up", () => Resolver.Asked.Count == 1);

        Clock.Advance(TimeSpan.FromSeconds(10));
        var outcome = await Soon(sending);

        Assert.Equal((WebhookResult.Failed, "timed out after 10 s"), (outcome.Result, outcome.Error));
    }

    [Fact]
    public async Task Should_be_a_failure_when_the_connection_is_refused()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var outcome = await SendAsync(Sender(), $"http://{reserved.LocalEndPoint}/");

        Assert.Equal((WebhookResult.Failed, "connection refused"), (outcome.Result, outcome.Error));
    }

    [Fact]
    public async Task Should_be_a_failure_when_nobody_knows_the_name()
    {
        var outcome = await SendAsync(Sender(), "http://hooks.example/");

        Assert.Equal((WebhookResult.Failed, "host not found"), (outcome.Result, outcome.Error));
    }

    [Fact]
    public async Task Should_be_a_failure_when_the_connection_breaks()
    {
        var stub = await StubAsync();
        stub.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal(WebhookResult.Failed, outcome.Result);
        Assert.Contains(outcome.Error, new[] { "connection closed before an answer", "connection reset" }, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_be_a_failure_when_it_does_not_speak_TLS()
    {
        var stub = await StubAsync();

        var outcome = await SendAsync(Sender(), $"https://127.0.0.1:{stub.Port}/");

        Assert.Equal(WebhookResult.Failed, outcome.Result);
        Assert.StartsWith("TLS failed", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_a_failure_when_the_headers_never_end()
    {
        var stub = await StubAsync();
        stub.Answer = context =>
        {
            context.Response.Headers["X-Long"] = new string('a', 80_000);
            return Task.CompletedTask;
        };

        var outcome = await SendAsync(Sender(), stub.Url());

        Assert.Equal((WebhookResult.Failed, "the answer's headers are too long"), (outcome.Result, outcome.Error));
    }

    [Fact]
    public async Task Should_not_be_a_failure_when_the_process_stops()
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Hang;
        using var stopping = new CancellationTokenSource();
        var sending = Sender().SendAsync(To(stub.Url()), stopping.Token);
        await UntilAsync("It is being called", () => stub.InHand == 1);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(sending));
        await UntilAsync("The call is dropped", () => stub.InHand == 0);
    }

    [Fact]
    public async Task Should_not_be_a_failure_when_the_process_stops_while_the_body_is_read()
    {
        var stub = await StubAsync();
        stub.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await WebhookStub.Hang(context);
        };
        using var stopping = new CancellationTokenSource();
        var sending = Sender().SendAsync(To(stub.Url()), stopping.Token);
        await UntilAsync("It is being called", () => stub.InHand == 1);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(sending));
    }
}

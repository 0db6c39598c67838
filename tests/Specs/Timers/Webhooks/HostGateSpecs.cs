using BusIngest.Workers.Timers.Webhooks;
using BusIngest.Workers.Timers.Webhooks.Gates;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class HostGateSpecs : WebhookSpec
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Should_let_so_many_through_at_a_time()
    {
        var stub = await StubAsync();
        var gate = new Gate();
        stub.Answer = context => gate.PassAsync(context);
        var sender = Sender(Options with { MaxConcurrencyPerHost = 3 });

        var sending = SendMany(sender, stub.Url(), 10);
        await UntilAsync("The slots are taken", () => stub.InHand == 3);
        Assert.Equal(3, stub.Received.Count);
        gate.Open();
        var outcomes = await Soon(Task.WhenAll(sending));

        Assert.All(outcomes, outcome => Assert.Equal(WebhookResult.Delivered, outcome.Result));
        Assert.Equal(10, stub.Received.Count);
    }

    [Fact]
    public async Task Should_keep_nobody_waiting_for_long()
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Hang;
        var sender = Sender(Options with { MaxConcurrencyPerHost = 1 });
        var first = sender.SendAsync(To(stub.Url()), Token);
        await UntilAsync("The slot is taken", () => stub.InHand == 1);

        var second = sender.SendAsync(To(stub.Url()), Token);
        Assert.False(second.IsCompleted);
        Clock.Advance(LongestWait);

        var outcome = await Soon(second);
        Assert.Equal((WebhookResult.Deferred, DeferralReason.Busy, null), (outcome.Result, outcome.DeferredBecause, outcome.Error));
        Assert.False(first.IsCompleted);
        Assert.Single(stub.Received);

        // What is open takes long by now, so nobody else waits; and who is put off later comes again later.
        var third = await SendAsync(sender, stub.Url());
        Assert.Equal(DeferralReason.Busy, third.DeferredBecause);
        Clock.Advance(TimeSpan.FromSeconds(10) - LongestWait);
        Assert.Equal("timed out after 10 s", (await Soon(first)).Error);
        stub.Answer = WebhookStub.Status(200);
        Assert.Equal(WebhookResult.Delivered, (await SendAsync(sender, stub.Url())).Result);
    }

    [Fact]
    public async Task Should_let_the_process_stop_while_somebody_waits()
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Hang;
        var sender = Sender(Options with { MaxConcurrencyPerHost = 1 });
        using var stopping = new CancellationTokenSource();
        var sending = new[] { sender.SendAsync(To(stub.Url()), stopping.Token), sender.SendAsync(To(stub.Url()), stopping.Token) };
        await UntilAsync("The slot is taken", () => stub.InHand == 1);

        await stopping.CancelAsync();

        foreach (var one in sending)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(one));
    }

    /// <summary>The clock stands still: whoever waited for the dead host would wait for ever.</summary>
    [Fact]
    public async Task Should_not_make_one_host_wait_for_another()
    {
        var (dead, alive) = (await StubAsync(), await StubAsync());
        dead.Answer = WebhookStub.Hang;
        var sender = Sender(Options with { MaxConcurrencyPerHost = 4 });
        _ = SendMany(sender, dead.Url(), 100);
        await UntilAsync("The slots are taken", () => dead.InHand == 4);

        var outcomes = await Soon(Task.WhenAll(SendMany(sender, alive.Url(), 100)));

        Assert.All(outcomes, outcome => Assert.Equal(WebhookResult.Delivered, outcome.Result));
        Assert.Equal(4, dead.InHand);
    }

    [Fact]
    public async Task Should_be_forgotten_when_idle_and_many()
    {
        using var gates = Gates();
        var held = new TaskCompletionSource<WebhookOutcome>();
        var delivered = new WebhookOutcome { Result = WebhookResult.Delivered, StartedAt = FakeClock.Start, StatusCode = 200 };
        var inUse = gates.RunAsync(new Uri("http://in-use.example/"), overdue: false, _ => held.Task, Token);

        for (var i = 0; i < HostGates.MaxIdle + 500; i++)
            await gates.RunAsync(new Uri($"http://h{i}.example/"), overdue: false, _ => Task.FromResult(delivered), Token);

        Assert.Equal(HostGates.MaxIdle + 1, gates.Count);
        held.SetResult(delivered);
        Assert.Equal(WebhookResult.Delivered, (await Soon(inUse)).Result);
        Assert.Equal(HostGates.MaxIdle, gates.Count);
    }

    [Fact]
    public async Task Should_be_one_for_a_host_and_port_whatever_the_scheme()
    {
        using var gates = Gates();
        var delivered = new WebhookOutcome { Result = WebhookResult.Delivered, StartedAt = FakeClock.Start };

        foreach (var url in new[] { "http://a.example:443/x", "https://A.example./y", "https://a.example:444/" })
            await gates.RunAsync(new Uri(url), overdue: false, _ => Task.FromResult(delivered), Token);

        Assert.Equal(2, gates.Count);
    }

    private HostGates Gates() => new(Options, new HostAddresses(), Clock);

    private static Task<WebhookOutcome>[] SendMany(WebhookSender sender, string url, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => sender.SendAsync(To(url), Token))];

    private sealed class Gate
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open.SetResult();

        public Task PassAsync(Microsoft.AspNetCore.Http.HttpContext context) => _open.Task.WaitAsync(context.RequestAborted);
    }
}

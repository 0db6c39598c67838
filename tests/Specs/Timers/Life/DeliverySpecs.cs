using BusIngest.Specs.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Life;

public sealed class DeliverySpecs : TimerLifeSpec
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];

    [Fact]
    public async Task Should_deliver_when_it_is_due_and_not_before()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        var id = await ScheduleAsync(process, stub.Url(), TimeSpan.FromMinutes(90));

        await PassAsync(process, TimeSpan.FromMinutes(90) - Tick);
        Assert.Empty(stub.Received);
        Assert.Equal("Scheduled", (await process.FindAsync(id))!.CurrentState);
        Clock.Advance(Tick);

        await BecomesAsync(process, id, "Finished");
        var timer = (await process.FindAsync(id))!;
        Assert.Equal((timer.DueAt, timer.DueAt, timer.DueAt), (timer.FiredAt, timer.DeliveredAt, Clock.GetUtcNow()));
        Assert.Equal($"msg_{id:N}", Assert.Single(stub.Received).Id);
        Assert.Equal(["Scheduled", "Running", "Finished"], await process.HistoryAsync(id));
    }

    [Fact]
    public async Task Should_deliver_at_once_what_is_due_at_once()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());

        var id = await process.CreateAsync(stub.Url(), TimeSpan.Zero);

        await BecomesAsync(process, id, "Finished");
        Assert.Single(stub.Received);
    }

    [Fact]
    public async Task Should_try_again_on_schedule_and_give_up_after_the_last()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        stub.Answer = WebhookStub.Status(500);
        var id = await process.CreateAsync(stub.Url(), TimeSpan.Zero);

        foreach (var (pause, attempt) in Pauses.Select((pause, index) => (pause, index + 2)))
        {
            await WaitsForTryAsync(process, id, attempt);
            Assert.Equal(Clock.GetUtcNow() + pause, (await process.FindAsync(id))!.NextAttemptAt);
            Clock.Advance(pause);
            await UntilAsync($"Try {attempt} came", () => stub.Received.Count == attempt);
        }

        await BecomesAsync(process, id, "Failed");
        await PassAsync(process, TimeSpan.FromDays(1));
        Assert.Equal(6, stub.Received.Count);
        Assert.Single(stub.Received.Select(request => request.Id).Distinct(StringComparer.Ordinal));
        Assert.Equal((6, "500 Internal Server Error"), ((await process.FindAsync(id))!.Attempts, (await process.FindAsync(id))!.LastError));
    }

    [Fact]
    public async Task Should_wait_as_long_as_the_other_side_asks_for()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        stub.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "90";
            return WebhookStub.Status(429)(context);
        };
        var id = await process.CreateAsync(stub.Url(), TimeSpan.Zero);
        await WaitsForTryAsync(process, id, 2);
        stub.Answer = WebhookStub.Status(204);

        await PassAsync(process, TimeSpan.FromSeconds(90) - Tick);
        Assert.Single(stub.Received);
        Clock.Advance(Tick);

        await BecomesAsync(process, id, "Finished");
        Assert.Equal(2, stub.Received.Count);
    }

    [Fact]
    public async Task Should_deliver_again_by_hand_with_retries_from_the_start_under_the_same_id()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        stub.Answer = WebhookStub.Status(410);
        var id = await process.CreateAsync(stub.Url(), TimeSpan.Zero);
        await BecomesAsync(process, id, "Failed");
        stub.Answer = WebhookStub.Status(500);

        Assert.Equal((true, "Running"), await process.RedeliverAsync(id));

        await WaitsForTryAsync(process, id, 3);
        Assert.Equal(Clock.GetUtcNow() + Pauses[0], (await process.FindAsync(id))!.NextAttemptAt);
        stub.Answer = WebhookStub.Status(204);
        Clock.Advance(Pauses[0]);
        await BecomesAsync(process, id, "Finished");
        Assert.Equal((true, "Running"), await process.RedeliverAsync(id));
        await UntilAsync("It came once more", () => stub.Received.Count == 4);
        await BecomesAsync(process, id, "Finished");
        Assert.Single(stub.Received.Select(request => request.Id).Distinct(StringComparer.Ordinal));
    }
}

using BusIngest.Specs.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Life;

public sealed class CancelSpecs : TimerLifeSpec
{
    [Fact]
    public async Task Should_never_call_what_was_cancelled()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        var id = await ScheduleAsync(process, stub.Url(), TimeSpan.FromSeconds(10));

        Assert.Equal((true, "Cancelled"), await process.CancelAsync(id));

        await PassAsync(process, TimeSpan.FromMinutes(1));
        Assert.Empty(stub.Received);
        Assert.Equal(["Scheduled", "Cancelled"], await process.HistoryAsync(id));
        Assert.Equal((false, "Cancelled"), await process.CancelAsync(id));
        Assert.Equal((false, "Cancelled"), await process.RedeliverAsync(id));
    }

    [Fact]
    public async Task Should_refuse_from_the_moment_it_has_fired()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        stub.Answer = WebhookStub.Status(500);
        var id = await process.CreateAsync(stub.Url(), TimeSpan.Zero);
        await WaitsForTryAsync(process, id, 2);
        Assert.Equal((false, "Running"), await process.CancelAsync(id));
        Assert.Equal((false, "Running"), await process.RedeliverAsync(id));
        stub.Answer = WebhookStub.Status(410);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await BecomesAsync(process, id, "Failed");
        Assert.Equal((false, "Failed"), await process.CancelAsync(id));
        stub.Answer = WebhookStub.Status(204);
        Assert.Equal((true, "Running"), await process.RedeliverAsync(id));
        await BecomesAsync(process, id, "Finished");

        Assert.Equal((false, "Finished"), await process.CancelAsync(id));

        Assert.Equal(3, stub.Received.Count);
    }

    [Fact]
    public async Task Should_not_know_what_was_never_set()
    {
        var process = await StartAsync();

        Assert.Equal((false, null), await process.CancelAsync(Guid.NewGuid()));
        Assert.Equal((false, null), await process.RedeliverAsync(Guid.NewGuid()));
    }
}

using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Orders.Api;

/// <summary>Runs that are paused, cancelled and wiped.</summary>
public sealed class SteeringSpecs : OrdersService
{
    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("close", "closed")]
    public async Task Should_process_nothing_until_somebody_resumes(string verb, string field)
    {
        var service = await StartAsync();
        await service.RunOrdersAsync(60_000);
        Assert.True((await service.PostPedidosAsync($"/queue/{verb}")).GetProperty(field).GetBoolean());
        await UntilAsync("Nothing is in hand", async _ => (await service.GetPedidosAsync("/queue/status")).GetProperty("active").GetInt32() == 0);

        var held = await service.GetPedidosAsync();
        var health = await service.GetPedidosAsync("/health/queue");

        Assert.True(held.GetProperty("paused").GetBoolean());
        Assert.Equal("paused", health.GetProperty("status").GetString());
        Assert.NotEqual("DONE", held.GetProperty("phase").GetString(), StringComparer.Ordinal);
        Assert.True((await service.PostPedidosAsync("/queue/resume")).GetProperty("resumed").GetBoolean());
        await PhaseAsync(service, "DONE");
        Assert.Equal(60_000, (await service.GetPedidosAsync()).GetProperty("progress").GetProperty("processedTotal").GetInt32());
    }

    [Theory]
    [InlineData("GENERATING", false)]
    [InlineData("GENERATING", true)]
    [InlineData("WAITING_VIP_DRAIN", true)]
    [InlineData("WAITING_NORMAL_DRAIN", false)]
    public async Task Should_cancel_and_process_nothing_afterwards(string phase, bool paused)
    {
        var service = await StartAsync(2_000, 500);
        if (paused)
            await service.PostPedidosAsync("/queue/pause");
        await service.RunOrdersAsync(100_000);
        await PhaseAsync(service, phase);

        var cancelled = await service.PostPedidosAsync("/cancel");

        Assert.Equal("ABORTED", cancelled.GetProperty("phase").GetString());
        var processed = await service.RowsAsync(rows => rows.Orders.CountAsync(order => order.Status == "processado", Token));
        Assert.Equal(0, await service.RowsAsync(rows => rows.Orders.CountAsync(order => order.Status == "pendente", Token)));
        Assert.Equal(0, await service.RowsAsync(rows => rows.Batches.CountAsync(batch => batch.State == "waiting" || batch.State == "active", Token)));
        var shown = await service.GetPedidosAsync();
        Assert.Equal(("ABORTED", processed), (shown.GetProperty("phase").GetString(), shown.GetProperty("progress").GetProperty("processedTotal").GetInt32()));
        Assert.Equal(0, shown.GetProperty("eta").GetProperty("estimatedMs").GetInt64());
        var health = await service.GetPedidosAsync("/health/queue");
        Assert.Equal(("aborted", true), (health.GetProperty("status").GetString(), health.GetProperty("aborted").GetBoolean()));
    }

    [Fact]
    public async Task Should_say_that_there_was_nothing_to_cancel()
    {
        var service = await StartAsync();

        var idle = await service.PostPedidosAsync("/cancel");
        await DoneAsync(service, 1_000);
        var done = await service.PostPedidosAsync("/cancel");

        Assert.Equal(("IDLE", "DONE"), (idle.GetProperty("phase").GetString(), done.GetProperty("phase").GetString()));
        Assert.All([idle, done], answer => Assert.StartsWith("No run was active", answer.GetProperty("message").GetString(), StringComparison.Ordinal));
        Assert.Equal(1_000, await service.RowsAsync(rows => rows.Orders.CountAsync(Token)));
    }

    [Fact]
    public async Task Should_wipe_a_run_under_way_and_start_another_one_clean()
    {
        var service = await StartAsync();
        var first = await service.RunOrdersAsync(100_000);

        var wiped = await service.PostPedidosAsync("/reset");

        Assert.True(wiped.GetProperty("queueCleared").GetBoolean());
        Assert.Equal(0, wiped.GetProperty("deletedRuns").GetInt32());
        var shown = await service.GetPedidosAsync();
        Assert.Equal(("IDLE", 0), (shown.GetProperty("phase").GetString(), shown.GetProperty("progress").GetProperty("generated").GetInt32()));
        await UntilAsync("The history knows its end", async _ => (await service.GetPedidosAsync($"/runs/{first}")).GetProperty("phase").ValueEquals("ABORTED"));
        await DoneAsync(service, 3_000);
        Assert.Equal(3_000, await service.RowsAsync(rows => rows.Orders.CountAsync(order => order.Status == "processado", Token)));
    }

    [Fact]
    public async Task Should_wipe_the_history_only_when_it_is_told_to()
    {
        var service = await StartAsync();
        await DoneAsync(service, 1_000);
        await UntilAsync("It is recorded", async _ => (await service.GetPedidosAsync("/runs")).GetRawText().Contains("DONE", StringComparison.Ordinal));

        var kept = await service.PostPedidosAsync("/reset");
        Assert.Equal((1_000, 0), (kept.GetProperty("deletedOrders").GetInt32(), kept.GetProperty("deletedRuns").GetInt32()));
        Assert.Single((await service.GetPedidosAsync("/runs")).GetProperty("runs").EnumerateArray());

        var wiped = await service.PostPedidosAsync("/reset?history=true");
        Assert.Equal(1, wiped.GetProperty("deletedRuns").GetInt32());
        Assert.Empty((await service.GetPedidosAsync("/runs")).GetProperty("runs").EnumerateArray());
    }
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Orders.Api;

/// <summary>Jobs that fail, hang and are taken out.</summary>
public sealed class JobSpecs : OrdersService
{
    private const int Quantity = 5_000;

    [Fact]
    public async Task Should_list_an_order_that_fails_and_process_it_when_it_is_retried()
    {
        var service = await StartAsync();
        await service.RefuseAsync("NEW.seq % 2000 = 1999");
        await DoneAsync(service, Quantity);

        var failed = (await service.GetPedidosAsync("/orders?status=falhou")).GetProperty("orders");
        var counts = (await service.GetPedidosAsync()).GetProperty("counts");
        Assert.InRange(failed.GetArrayLength(), 2, 3);
        Assert.Equal(failed.GetArrayLength(), counts.GetProperty("failed").GetInt32());
        Assert.Equal(Quantity, counts.GetProperty("vip").GetInt32() + counts.GetProperty("normal").GetInt32() + failed.GetArrayLength());
        var health = await service.GetPedidosAsync("/health/queue");
        Assert.Equal(("degraded", true), (health.GetProperty("status").GetString(), health.GetProperty("hasFailedJobs").GetBoolean()));
        var jobs = (await service.GetPedidosAsync("/queue/jobs?types=failed")).GetProperty("jobs");
        Assert.All(jobs.EnumerateArray(), job => Assert.Contains("refused by the spec", job.GetProperty("error").GetString(), StringComparison.Ordinal));
        Assert.NotEmpty((await service.GetPedidosAsync("/logs")).GetProperty("warnMessages").EnumerateArray());
        var barrier = (await service.GetPedidosAsync()).GetProperty("barrier").GetRawText();

        await service.MendAsync();
        var retried = await service.PostPedidosAsync("/queue/retry-failed");

        Assert.Equal(jobs.GetArrayLength(), retried.GetProperty("retried").GetInt32());
        await UntilAsync("All are processed", async _ => Processed(await service.GetPedidosAsync()) == Quantity);
        var after = await service.GetPedidosAsync();
        Assert.Equal((0, "DONE"), (after.GetProperty("counts").GetProperty("failed").GetInt32(), after.GetProperty("phase").GetString()));
        Assert.Equal(barrier, after.GetProperty("barrier").GetRawText());
        Assert.Empty((await service.GetPedidosAsync("/orders?status=falhou")).GetProperty("orders").EnumerateArray());
    }

    [Fact]
    public async Task Should_find_a_job_that_hangs_and_put_it_back()
    {
        var service = await StartAsync();
        await service.PostPedidosAsync("/queue/pause");
        await service.RunOrdersAsync(Quantity);
        await UntilAsync("VIP jobs wait", async _ => (await service.GetPedidosAsync("/queue/status")).GetProperty("paused").GetInt32() == 5);
        await service.SqlAsync("UPDATE order_batches SET state = 'active', claim = '00000000-0000-0000-0000-000000000001', changed_at = changed_at - 60000");

        var stuck = await service.GetPedidosAsync("/health/queue");
        Assert.True(stuck.GetProperty("isStuck").GetBoolean());
        Assert.Equal(1, (await service.PostPedidosAsync("/queue/recover-stuck?maxJobs=1")).GetProperty("recovered").GetInt32());
        Assert.Equal(4, (await service.PostPedidosAsync("/queue/recover-stuck")).GetProperty("recovered").GetInt32());
        await service.PostPedidosAsync("/queue/resume");
        await PhaseAsync(service, "DONE");

        Assert.Equal(Quantity, Processed(await service.GetPedidosAsync()));
        Assert.False((await service.GetPedidosAsync("/health/queue")).GetProperty("isStuck").GetBoolean());
    }

    [Fact]
    public async Task Should_take_jobs_out_of_the_listing_or_of_the_queue()
    {
        var service = await StartAsync();
        await DoneAsync(service, Quantity);
        var figures = (await service.GetPedidosAsync()).GetRawText();
        var jobs = await service.RowsAsync(rows => rows.Batches.CountAsync(Token));

        Assert.Equal("""{"removed":0,"state":"completed"}""", (await service.PostPedidosAsync("/queue/clean?grace=3600000")).GetRawText());
        Assert.Equal("""{"removed":3,"state":"completed"}""", (await service.PostPedidosAsync("/queue/clean?state=completed&limit=3")).GetRawText());
        Assert.Equal(jobs - 3, (await service.GetPedidosAsync("/queue/jobs")).GetProperty("jobs").GetArrayLength());
        Assert.Equal("""{"removed":0,"state":"delayed"}""", (await service.PostPedidosAsync("/queue/clean?state=delayed")).GetRawText());
        Assert.Equal(figures, (await service.GetPedidosAsync()).GetRawText());
    }

    [Fact]
    public async Task Should_end_a_run_whose_waiting_jobs_are_taken_out()
    {
        var service = await StartAsync();
        await service.PostPedidosAsync("/queue/pause");
        await service.RunOrdersAsync(Quantity);
        await PhaseAsync(service, "WAITING_VIP_DRAIN");
        var page = await service.GetPedidosAsync("/queue/jobs?types=paused&start=1&end=2");
        Assert.Equal(["VIP", "VIP"], page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("priority").GetString()!), StringComparer.Ordinal);

        Assert.Equal("""{"removed":5,"state":"wait"}""", (await service.PostPedidosAsync("/queue/clean?state=wait")).GetRawText());
        await PhaseAsync(service, "WAITING_NORMAL_DRAIN");
        Assert.InRange((await service.PostPedidosAsync("/queue/purge")).GetProperty("purged").GetInt32(), 5, 6);
        await PhaseAsync(service, "DONE");

        Assert.Equal(0, Processed(await service.GetPedidosAsync()));
        Assert.Equal(Quantity, await service.RowsAsync(rows => rows.Orders.CountAsync(order => order.Status == "pendente", Token)));
        Assert.Equal(0, (await service.GetPedidosAsync("/queue/status")).GetProperty("waiting").GetInt32());
    }

    private static int Processed(JsonElement status) => status.GetProperty("progress").GetProperty("processedTotal").GetInt32();
}

using BusIngest.Bus;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Orders;
using BusIngest.Sagas.Orders;
using BusIngest.Workers.Orders;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>Runs of orders from end to end, over PostgreSQL and RabbitMQ.</summary>
public sealed class OrderTests(SharedServers servers) : PostgresTest(servers)
{
    private const int Quantity = 30_000;
    private const string Phase = "SELECT document->'facts'->>'phase' FROM sagas WHERE kind = 'order-run'";
    private const string Processed = "SELECT count(*) FROM orders WHERE status = 'processado'";

    [Fact]
    public async Task Should_process_every_order_once_though_one_process_of_each_role_stops_meanwhile()
    {
        var vhost = Own(await Servers.VhostAsync(Token));
        var api = await StartAsync(With(vhost.Url, Roles.Api));
        var deciding = new[] { await StartAsync(With(vhost.Url, Roles.Sagas)), await StartAsync(With(vhost.Url, Roles.Sagas)) };
        var working = new[] { await StartAsync(With(vhost.Url, Roles.Workers)), await StartAsync(With(vhost.Url, Roles.Workers)) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GenerateAsync(api)));
        Assert.Single(answers, accepted => accepted);
        await UntilAsync("some are processed", async _ => await AskAsync<long>(Processed) > 0);
        await Task.WhenAll(deciding[0].StopAsync(), working[0].StopAsync());

        await DoneAsync();
        Assert.Equal(Quantity, await AskAsync<long>(Processed));
        Assert.Equal(Quantity, await AskAsync<long>("SELECT count(DISTINCT id) FROM orders"));
        await AssertBarrierAsync();
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
        await UntilAsync("the history has it", async _ => await AskAsync<string>("SELECT phase FROM order_runs") is OrderPhases.Done);
        Assert.Equal(Quantity, await AskAsync<int>("SELECT vip_processed + normal_processed FROM order_runs"));
    }

    [Fact]
    public async Task Should_give_up_an_order_that_always_fails_alone_and_process_it_when_it_is_retried()
    {
        var process = await StartAsync(With((Own(await Servers.VhostAsync(Token))).Url, Roles.Needed));
        await process.Get<IBus>().CreateRequestClient<SteerOrders>().GetResponse<OrdersSteered>(new SteerOrders(true, null), Token);
        Assert.True(await GenerateAsync(process));
        await PhaseAsync(OrderPhases.WaitingVipDrain);
        await ExecuteAsync($"""
            CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
            CREATE TRIGGER poison BEFORE UPDATE ON orders FOR EACH ROW
            WHEN (NEW.status = 'processado' AND NEW.seq IN ({OrderRange.First(1)}, {OrderRange.First(1) + 999})) EXECUTE FUNCTION poison()
            """);
        await process.Get<IBus>().CreateRequestClient<SteerOrders>().GetResponse<OrdersSteered>(new SteerOrders(false, null), Token);

        await DoneAsync();
        Assert.Equal([OrderRange.First(1), OrderRange.First(1) + 999], await ListAsync<long>("SELECT seq FROM orders WHERE status = 'falhou' ORDER BY seq"));
        Assert.Equal(Quantity - 2, await AskAsync<long>(Processed));
        await AssertBarrierAsync();
        Assert.Equal(["refused by the test", "refused by the test"], await ListAsync<string>("SELECT error FROM order_batches WHERE state = 'failed'"));

        await ExecuteAsync("DROP TRIGGER poison ON orders");
        Assert.Equal(2, await ChangeJobsAsync(process, new RetryFailedOrders(1)));
        await UntilAsync("all are processed", async _ => await AskAsync<long>(Processed) == Quantity);
    }

    [Fact]
    public async Task Should_process_nothing_more_once_it_is_cancelled_and_begin_anew_once_it_is_wiped()
    {
        var process = await StartAsync(With((Own(await Servers.VhostAsync(Token))).Url, Roles.Needed));
        Assert.True(await GenerateAsync(process));
        await UntilAsync("some are processed", async _ => await AskAsync<long>(Processed) > 0);

        await process.Get<IBus>().CreateRequestClient<CancelOrders>().GetResponse<OrdersHalting>(new CancelOrders(true, true, true), Token);
        await PhaseAsync(OrderPhases.Aborted);
        var processed = await AskAsync<long>(Processed);
        await UntilRestAsync();
        Assert.Equal(processed, await AskAsync<long>("SELECT count(*) FROM orders"));
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM order_batches WHERE state IN ('waiting', 'active')"));

        await process.Get<IBus>().CreateRequestClient<ResetOrders>().GetResponse<OrdersHalting>(new ResetOrders(History: true), Token);
        await PhaseAsync(OrderPhases.Idle);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM orders"));
        Assert.True(await GenerateAsync(process));
        await DoneAsync();
        Assert.Equal(Quantity, await AskAsync<long>(Processed));
        Assert.Equal([2L], await ListAsync<long>("SELECT run FROM order_runs"));
    }

    [Fact]
    public async Task Should_take_jobs_out_and_put_those_back_that_somebody_hangs_with()
    {
        var process = await StartAsync(With((Own(await Servers.VhostAsync(Token))).Url, Roles.Needed));
        await process.Get<IBus>().CreateRequestClient<SteerOrders>().GetResponse<OrdersSteered>(new SteerOrders(true, null), Token);
        Assert.True(await GenerateAsync(process));
        await PhaseAsync(OrderPhases.WaitingVipDrain);
        await UntilRestAsync();
        await ExecuteAsync("UPDATE order_batches SET state = 'active', claim = gen_random_uuid(), changed_at = changed_at - interval '1 minute' WHERE first < (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY first) FROM order_batches)");
        var waiting = await AskAsync<long>("SELECT sum(size) FROM order_batches WHERE state = 'waiting'");
        Assert.Equal(await AskAsync<long>("SELECT count(*) FROM order_batches WHERE state = 'waiting'"), await ChangeJobsAsync(process, new CleanOrderJobs(1, OrderJobStates.Waiting, 0, 1_000)));

        Assert.Equal(await AskAsync<long>("SELECT count(*) FROM order_batches WHERE state = 'active'"), await ChangeJobsAsync(process, new RecoverStuckOrders(1, 1_000)));
        await process.Get<IBus>().CreateRequestClient<SteerOrders>().GetResponse<OrdersSteered>(new SteerOrders(false, null), Token);
        await DoneAsync();

        Assert.Equal(Quantity - waiting, await AskAsync<long>(Processed));
        await UntilRestAsync();
        Assert.True(await ChangeJobsAsync(process, new CleanOrderJobs(1, OrderJobStates.Completed, 0, 1_000)) > 0);
        Assert.Equal(0, await ChangeJobsAsync(process, new CleanOrderJobs(1, OrderJobStates.Completed, 0, 1_000)));
    }

    [Fact]
    public async Task Should_keep_the_log_to_its_newest_lines()
    {
        var process = await StartAsync(With((Own(await Servers.VhostAsync(Token))).Url, Roles.Needed));
        await ExecuteAsync("INSERT INTO order_log (at, level, message) SELECT now(), 'info', 'earlier' FROM generate_series(1, 10500)");
        Assert.True(await GenerateAsync(process));
        await DoneAsync();
        await UntilAsync("the end is logged", async _ =>
            (await AskAsync<string>("SELECT message FROM order_log ORDER BY seq DESC LIMIT 1")).Contains($": {OrderPhases.Done},", StringComparison.Ordinal));

        Assert.True(await AskAsync<bool>("SELECT min(seq) = max(seq) - 9999 AND max(seq) > 10500 FROM order_log"));
    }

    private static async Task<bool> GenerateAsync(PostgresProcess process)
    {
        var answer = await process.Get<IBus>().CreateRequestClient<GenerateOrders>(RequestTimeout.After(s: 30))
            .GetResponse<OrderRunAccepted, OrderRunRefused>(new GenerateOrders(Guid.NewGuid(), Quantity), Token);
        return answer.Is(out Response<OrderRunAccepted>? _);
    }

    private static async Task<int> ChangeJobsAsync<TRequest>(PostgresProcess process, TRequest request)
        where TRequest : class =>
        (await process.Get<IBus>().CreateRequestClient<TRequest>(RequestTimeout.After(s: 30)).GetResponse<OrderJobsChanged>(request, Token)).Message.Jobs;

    private async Task AssertBarrierAsync() => Assert.True(await AskAsync<bool>("""
        SELECT max(processed_at) FILTER (WHERE priority = 'VIP') < min(processed_at) FILTER (WHERE priority = 'NORMAL') FROM orders
        """));

    private Task DoneAsync() => PhaseAsync(OrderPhases.Done);

    private Task PhaseAsync(string phase) => UntilAsync($"the phase is {phase}", async _ => string.Equals(await AskAsync<string>(Phase), phase, StringComparison.Ordinal));

    private static PostgresSetup With(string rabbitMqUrl, Roles roles)
    {
        var setup = new PostgresSetup
        {
            RabbitMqUrl = rabbitMqUrl,
            Services = services => services
                .AddOrders(new OrdersOptions { StuckAfter = TimeSpan.FromSeconds(10) }, works: roles.HasFlag(Roles.Workers))
                .AddSingleton(new OrderRunOptions { ChunkSize = 1_000, BatchSize = 1_300 }),
            Consumers = bus =>
            {
                bus.AddOrderSaga().DocumentRepository(OrderRunState.Kind, OrderRunStateJson.Default.OrderRunState);
                bus.AddOrderConsumers();
            },
        };
        return setup with { Options = setup.Options with { Roles = roles } };
    }
}

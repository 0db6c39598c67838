using BusIngest.Bus;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Timers;
using BusIngest.Integration.Postgres.Work;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Timers;
using BusIngest.Workers.Timers.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>Timers from end to end, over PostgreSQL and RabbitMQ, with several processes of each role.</summary>
public sealed class TimerTests(SharedServers servers) : PostgresTest(servers)
{
    private const int Timers = 60;

    [Fact]
    public async Task Should_call_every_webhook_once_though_one_process_of_each_role_stops_meanwhile()
    {
        var receiver = Own(await Receiver.StartAsync());
        var vhost = Own(await Servers.VhostAsync(Token));
        var api = await StartAsync(With(vhost.Url, Roles.Api));
        var deciding = new[] { await StartAsync(With(vhost.Url, Roles.Sagas | Roles.Scheduler)), await StartAsync(With(vhost.Url, Roles.Sagas | Roles.Scheduler)) };
        var working = new[] { await StartAsync(With(vhost.Url, Roles.Workers)), await StartAsync(With(vhost.Url, Roles.Workers)) };
        var now = TimeProvider.System.GetUtcNow();
        var timers = Enumerable.Range(0, Timers)
            .Select(i => new CreateTimer(Guid.CreateVersion7(now), receiver.Url, now, now + TimeSpan.FromSeconds(2 + (i % 8))))
            .ToList();

        await api.Outbox.PublishAsync<CreateTimer>(timers, Token);
        await UntilAsync("some are called", () => receiver.Received.Count > Timers / 4);
        await Task.WhenAll(deciding[0].StopAsync(), working[0].StopAsync());

        await UntilAsync("all are finished", async _ => await AskAsync<long>("SELECT count(*) FROM timers WHERE status = 'Finished'") == Timers);
        Assert.Equal(timers.Select(timer => timer.TimerId).Order(), receiver.Received.Select(id => Guid.Parse(id["msg_".Length..])).Order());
        Assert.Equal(Timers, await AskAsync<long>("SELECT count(*) FROM timer_attempts"));
        Assert.Equal(Timers, await AskAsync<long>("SELECT count(*) FROM timers WHERE delivered_at >= due_at"));
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
        await UntilRestAsync();
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM scheduled_messages"));
    }

    private static PostgresSetup With(string rabbitMqUrl, Roles roles)
    {
        var setup = new PostgresSetup
        {
            RabbitMqUrl = rabbitMqUrl,
            Services = services => services
                .AddTimers(new WebhookOptions { AllowedHosts = new HashSet<string>(StringComparer.Ordinal) { "127.0.0.1" } })
                .AddSingleton(new TimerOptions()),
            Consumers = bus =>
            {
                bus.AddTimerSaga().DocumentRepository(TimerState.Kind, TimerStateJson.Default.TimerState);
                bus.AddTimerConsumers();
            },
        };
        return setup with { Options = setup.Options with { Roles = roles } };
    }
}

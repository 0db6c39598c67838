using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Timers;
using BusIngest.Workers.Timers.Webhooks;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Specs.Transports;

/// <summary>Which endpoints a process has, by its roles. The bus is built here, and never started: no broker is needed.</summary>
public sealed class RoleSpecs : Spec
{
    private static readonly string[] AllQueues = ["cars-seeder", "cars-store", "schedule", "timer", "timer-webhook"];

    [Theory]
    [InlineData(Roles.Api, new string[0])]
    [InlineData(Roles.Workers, new[] { "cars-store", "timer-webhook" })]
    [InlineData(Roles.Sagas, new[] { "timer" })]
    [InlineData(Roles.Scheduler, new[] { "schedule" })]
    [InlineData(Roles.Seeder, new[] { "cars-seeder" })]
    [InlineData(Roles.Sagas | Roles.Scheduler, new[] { "schedule", "timer" })]
    [InlineData(Roles.All, new[] { "cars-seeder", "cars-store", "schedule", "timer", "timer-webhook" })]
    public void Should_serve_what_is_its_roles(Roles roles, string[] queues)
    {
        var services = Build(roles);

        var health = services.GetRequiredService<IBusControl>().CheckHealth();

        var served = health.Endpoints.Values.Select(endpoint => endpoint.InputAddress.GetEndpointName()!).Where(name => AllQueues.Contains(name, StringComparer.Ordinal));
        Assert.Equal(queues, served.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Api)]
    [InlineData(Roles.Workers)]
    [InlineData(Roles.All)]
    public void Should_know_the_endpoints_of_all_roles(Roles roles)
    {
        var services = Build(roles);

        services.GetRequiredService<IBus>();

        var map = services.GetRequiredService<SubscriptionMap>();
        Assert.Equal(AllQueues, map.Endpoints.Select(endpoint => endpoint.Endpoint).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(1, map.Subscribers("CarGenerated"));
        Assert.Equal(1, map.Subscribers("TimerDue"));
    }

    private IServiceProvider Build(Roles roles)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var options = new BusOptions
        {
            RabbitMq = RabbitMqUrl.Parse("amqp://127.0.0.1:1"),
            Lane = LaneKind.RabbitMq,
            Roles = roles,
            Failover = new FailoverOptions { LogDirectory = Folder },
        };
        builder.Services.AddBus(DataDirectory.Take(Folder), options, bus =>
        {
            bus.AddCarConsumers(seeder: true);
            bus.AddTimerSaga().DocumentRepository(TimerState.Kind, TimerStateJson.Default.TimerState);
            bus.AddTimerConsumers();
        });
        builder.Services.AddCars(seeder: null);
        builder.Services.AddTimers(new WebhookOptions()).AddSingleton(new TimerOptions());
        return Own(builder.Build()).Services;
    }
}

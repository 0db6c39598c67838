using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports.RabbitMq;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Specs.Transports;

/// <summary>How endpoints over RabbitMQ come back. The bus is built here, and never started: no broker is needed.</summary>
public sealed class SteadyBusFactorySpecs : Spec
{
    public static TheoryData<Exception> Whatever { get; } =
    [
        new ConnectionException("away"), new TimeoutException("slow"), new InvalidOperationException("a fault of the client's"), new IOException("cut"),
    ];

    [Theory]
    [MemberData(nameof(Whatever))]
    public void Should_have_an_endpoint_try_again_without_growing_pauses_whatever_befell_it(Exception exception)
    {
        using var tries = Host().ReceiveTransportRetryPolicy.CreatePolicyContext(new Nothing());

        Assert.True(tries.CanRetry(exception, out var next));
        for (var tried = 0; tried < 1_000; tried++)
        {
            Assert.Null(next.Delay);
            Assert.True(next.CanRetry(exception, out next));
        }
    }

    [Fact]
    public void Should_send_again_at_once_when_the_connection_was_to_blame_and_not_otherwise()
    {
        var policy = Host().SendTransportRetryPolicy;
        using var tries = policy.CreatePolicyContext(new Nothing());

        Assert.True(tries.CanRetry(new ConnectionException("away"), out var next));
        Assert.Null(next.Delay);
        Assert.False(policy.IsHandled(new FormatException("it can't be written")));
    }

    private MassTransit.Configuration.IHostConfiguration Host()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var options = new BusOptions
        {
            RabbitMq = RabbitMqUrl.Parse("amqp://127.0.0.1:1"),
            Lane = LaneKind.RabbitMq,
            Failover = new FailoverOptions { LogDirectory = Folder },
        };
        builder.Services.AddBus(DataDirectory.Take(Folder), options, _ => { });
        return Own(builder.Build()).Services.GetRequiredService<IBusInstance>().HostConfiguration;
    }

    private sealed class Nothing : MassTransit.Middleware.BasePipeContext, PipeContext;
}

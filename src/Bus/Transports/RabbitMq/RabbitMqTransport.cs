using System.Net.Security;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Progress;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Tls;
using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>MassTransit over RabbitMQ: each process serves the endpoints of its roles, from quorum queues that all share.</summary>
internal static class RabbitMqTransport
{
    /// <summary>How long a step of MassTransit's may take: it declares what is there already.</summary>
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Dead letters in hand at a time.</summary>
    private const ushort MostDeadLetters = 100;

    /// <summary>Adds the transport, the forwarder and the lane. The host starts though the broker is away; it runs <see cref="RabbitMqConnection"/> first.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">Where the broker is.</param>
    /// <param name="roles">What this process does.</param>
    /// <param name="retry">Consumers' retries.</param>
    /// <param name="configure">Adds all consumers and sagas of the program, those of other roles too.</param>
    public static void AddRabbitMqTransport(
        this IServiceCollection services, RabbitMqOptions options, Roles roles, RetryOptions retry, Action<IBusRegistrationConfigurator> configure)
    {
        var name = $"busingest {roles.Written()}@{Environment.MachineName} {Environment.ProcessId}";
        services
            .AddSingleton(options)
            .AddSingleton(new EndpointRole(ScheduleMessageDefinition.Queue, Roles.Scheduler))
            .AddSingleton(Factory(options, name))
            .AddSingleton<RabbitMqTopology>()
            .AddSingleton<RabbitMqConnection>()
            .AddSingleton<EnvelopeWriter>()
            .AddSingleton<RabbitMqForwarder>()
            .AddSingleton<RabbitMqLane>()
            .AddSingleton<AnswerQueue>();
        services.AddHealthChecks().Add(new(
            "rabbitmq", provider => ActivatorUtilities.CreateInstance<RabbitMqHealth>(provider), HealthStatus.Degraded, ["ready"]));
        services.AddBusEndpoints(retry, waitUntilStarted: false, configure, bus =>
        {
            bus.ConfigureHealthCheckOptions(check => check.MinimalFailureStatus = HealthStatus.Degraded);
            bus.AddConfigureEndpointsCallback(Configure);
            bus.AddReceiveEndpointObserver(provider => provider.GetRequiredService<AnswerQueue>());
            bus.AddSendObserver(provider => provider.GetRequiredService<AnswerQueue>());
            bus.AddPublishObserver(provider => provider.GetRequiredService<AnswerQueue>());
            bus.SetBusFactory(new SteadyBusFactory((context, transport) =>
            {
                BusEndpoints.Configure(transport, context);
                transport.Host(options.Host, (ushort)options.Port, options.VirtualHost, name, host => Configure(host, options, context));
                RoleEndpoints.Configure(context, transport, roles);
                if (roles.HasFlag(Roles.Workers))
                    ReceiveDeadLetters(transport, context);
            }));
        });
    }

    private static ConnectionFactory Factory(RabbitMqOptions options, string name) => new()
    {
        HostName = options.Host,
        Port = options.Port,
        VirtualHost = options.VirtualHost,
        UserName = options.User,
        Password = options.Password,
        Ssl = new SslOption(options.Host, enabled: options.UseTls)
        {
            CertificateValidationCallback = options.CaFile is { } authorities ? TrustedAuthorities.Validate(authorities) : null,
        },
        ClientProvidedName = $"{name} publisher",
        RequestedHeartbeat = options.Heartbeat,
        RequestedConnectionTimeout = options.ConnectTimeout,
        HandshakeContinuationTimeout = options.ConnectTimeout,
        // A lost connection is replaced as a whole, topology included.
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
    };

    private static void Configure(IRabbitMqHostConfigurator host, RabbitMqOptions options, IServiceProvider services)
    {
        host.Username(options.User);
        host.Password(options.Password);
        host.Heartbeat(options.Heartbeat);
        host.RequestedConnectionTimeout(options.ConnectTimeout);
        host.ContinuationTimeout(StepTimeout);
        host.PublisherConfirmation = true;
        if (options.UseTls)
        {
            host.UseSsl(tls =>
            {
                tls.ServerName = options.Host;
                if (options.CaFile is { } authorities)
                    tls.CertificateValidationCallback = TrustedAuthorities.Validate(authorities);
                // MassTransit lets pass certificates of anyone otherwise.
                tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch);
            });
        }

        // MassTransit's own tries are seconds, later half a minute apart. This one succeeds as soon as there is a broker, and finds the topology there.
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var connection = services.GetRequiredService<RabbitMqConnection>();
        host.OnRefreshConnectionFactory = async factory =>
        {
            await connection.WaitUntilUpAsync(stopping);
            options.Renew(factory);
        };
    }

    /// <summary>Dead letters have no consumers: the pipe ends with what keeps them.</summary>
    private static void ReceiveDeadLetters(IRabbitMqBusFactoryConfigurator transport, IBusRegistrationContext context) =>
        transport.ReceiveEndpoint(RabbitMqTopology.DeadLetters, queue =>
        {
            queue.ConfigureConsumeTopology = false;
            queue.PublishFaults = false;
            queue.PrefetchCount = MostDeadLetters;
            Receive(context, RabbitMqTopology.DeadLetters, queue);
            queue.ConfigureReceive(pipe => pipe.UseFilter(ActivatorUtilities.CreateInstance<KeepDeadLetters>(context)));
        });

    private static void Configure(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator queue)
            return;

        // As many again under way from the broker as are in hand, so that nobody waits for the next one.
        if (endpoint is EndpointConfiguration { ConcurrentMessageLimit: { } limit } configuration && configuration.PrefetchCount < limit * 2)
            queue.PrefetchCount = (ushort)(limit * 2);
        Receive(context, name, queue);
    }

    /// <summary>What all queues have: their form, and patience with a database that is away.</summary>
    private static void Receive(IRegistrationContext context, string name, IRabbitMqReceiveEndpointConfigurator queue)
    {
        queue.SetQuorumQueue();
        var declared = new DeclaredQueues(context.GetRequiredService<RabbitMqTopology>());
        queue.ConfigureChannel(pipe => pipe.UseFilter(declared));
        var wait = new WaitInPlace(
            name, context.GetRequiredService<WorkWatch>(), context.GetRequiredService<TimeProvider>(), context.GetRequiredService<ILogger<WaitInPlace>>());
        queue.ConfigureReceive(pipe => pipe.UseFilter(wait));
        queue.ConnectReceiveEndpointObserver(wait);
    }
}

using BusIngest.Bus.Outbox.Acceptance;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Recovery;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Progress;
using BusIngest.Bus.Supervision;
using BusIngest.Contracts.Failover;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Bus.Outbox.Failover;

/// <summary>Registers an outbox over a server, with the SQLite inbox as its fallback.</summary>
internal static class FallbackRegistration
{
    /// <summary>Adds the lane that callers see, its breaker, the recovery and the failover sessions.</summary>
    /// <remarks>
    /// The container must have an <see cref="IPrimaryLane"/>, the inbox with its options, and <see cref="OutboxOptions"/>; the caller adds
    /// <see cref="IOutbox"/>. To be called after MassTransit's own service is added: the recovery starts when the bus is up, and stops before it.
    /// </remarks>
    public static IServiceCollection AddFallbackOutbox(
        this IServiceCollection services, BreakerOptions breaker, RecoveryOptions recovery, FailoverOptions failover)
    {
        services.TryAddSingleton<Supervisor>();
        services.AddSingleton(breaker).AddSingleton(recovery).AddSingleton(failover);
        services.AddSingleton<LaneBreaker>().AddSingleton<IOutboxControl>(provider => provider.GetRequiredService<LaneBreaker>());
        services.AddSingleton<FailoverSessions>().AddSingleton<IFailoverSessions>(provider => provider.GetRequiredService<FailoverSessions>());
        services.AddSingleton<LaneBacklog>().AddSingleton<ConfirmedRecords>().AddSingleton<IWatchedWork, ParkedWork>().AddWorkWatch();
        services.AddSingleton<IOutboxLane, FallbackLane>();
        services.AddSingleton<IOutboxMonitor, FallbackMonitor>();
        services.AddSingleton<RowMerger>().AddSingleton<RecoveryDrain>();
        services.AddSingleton<FailoverEvents>().AddSingleton<SessionFile>();
        services.AddHealthChecks().AddCheck<LaneCheck>("outbox-lane", failureStatus: null, ["ready"]);
        // In this order, so that what writes things down stops after what makes them happen.
        services.AddHostedService<FailoverLog>();
        services.AddHostedService<FailoverPublisher>();
        services.AddHostedService<LaneProber>();
        services.AddHostedService<RecoveryPump>();
        return services.AddFailoverEvents();
    }

    private static IServiceCollection AddFailoverEvents(this IServiceCollection services) => services
        .AddRecord(FailoverJson.Default.FailureDetected, FailoverJson.Default.FailureDetectedArray)
        .AddRecord(FailoverJson.Default.PromotionSeen, FailoverJson.Default.PromotionSeenArray)
        .AddRecord(FailoverJson.Default.FallbackEntered, FailoverJson.Default.FallbackEnteredArray)
        .AddRecord(FailoverJson.Default.PrimaryReturned, FailoverJson.Default.PrimaryReturnedArray)
        .AddRecord(FailoverJson.Default.RecoveryStarted, FailoverJson.Default.RecoveryStartedArray)
        .AddRecord(FailoverJson.Default.RecoveryCompleted, FailoverJson.Default.RecoveryCompletedArray);
}

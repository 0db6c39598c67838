using BusIngest.Contracts.Failover;
using MassTransit;

namespace BusIngest.Sagas.Failover;

/// <summary>
/// What became of a failover session. It takes its events in any order, and does without any of them: each carries the whole session as of
/// then, and only a later one changes what an earlier one left.
/// </summary>
public sealed class FailoverMachine : MassTransitStateMachine<FailoverState>
{
    /// <summary>Lays down the table.</summary>
    public FailoverMachine()
    {
        InstanceState(x => x.CurrentState);

        Event(() => FailureDetected, x => x.CorrelateById(context => context.Message.Facts.SessionId));
        Event(() => PromotionSeen, x => x.CorrelateById(context => context.Message.Facts.SessionId));
        Event(() => FallbackEntered, x => x.CorrelateById(context => context.Message.Facts.SessionId));
        Event(() => PrimaryReturned, x => x.CorrelateById(context => context.Message.Facts.SessionId));
        Event(() => RecoveryStarted, x => x.CorrelateById(context => context.Message.Facts.SessionId));
        Event(() => RecoveryCompleted, x => x.CorrelateById(context => context.Message.Facts.SessionId));

        Initially(
            When(FailureDetected).Note().MoveTo(Detected),
            When(PromotionSeen).Note().TransitionTo(Detected),
            When(FallbackEntered).Note().MoveTo(InFallback),
            When(PrimaryReturned).Note().TransitionTo(InFallback),
            When(RecoveryStarted).Note().MoveTo(Recovering),
            When(RecoveryCompleted).Note().MoveTo(Closed));

        During(Detected,
            When(FallbackEntered).Note().MoveTo(InFallback),
            When(RecoveryStarted).Note().MoveTo(Recovering),
            When(RecoveryCompleted).Note().MoveTo(Closed));

        During(InFallback,
            When(FallbackEntered).Note().MoveTo(InFallback),
            When(RecoveryStarted).Note().MoveTo(Recovering),
            When(RecoveryCompleted).Note().MoveTo(Closed));

        // The lane may be lost again before all is sent.
        During(Recovering,
            When(FallbackEntered).Note().MoveTo(InFallback),
            When(RecoveryStarted).Note().MoveTo(Recovering),
            When(RecoveryCompleted).Note().MoveTo(Closed));

        During([Detected, InFallback, Recovering],
            When(FailureDetected).Note(),
            When(PromotionSeen).Note(),
            When(PrimaryReturned).Note());

        During(Closed,
            Ignore(FailureDetected),
            Ignore(PromotionSeen),
            Ignore(FallbackEntered),
            Ignore(PrimaryReturned),
            Ignore(RecoveryStarted),
            Ignore(RecoveryCompleted));
    }

    /// <summary>The lane failed.</summary>
    public State Detected { get; } = null!;

    /// <summary>Everything goes to the fallback.</summary>
    public State InFallback { get; } = null!;

    /// <summary>What was parked is being sent.</summary>
    public State Recovering { get; } = null!;

    /// <summary>Nothing is parked any more.</summary>
    public State Closed { get; } = null!;

    /// <summary>The session began.</summary>
    public Event<FailureDetected> FailureDetected { get; } = null!;

    /// <summary>Another server became the master.</summary>
    public Event<PromotionSeen> PromotionSeen { get; } = null!;

    /// <summary>The breaker opened.</summary>
    public Event<FallbackEntered> FallbackEntered { get; } = null!;

    /// <summary>The breaker closed.</summary>
    public Event<PrimaryReturned> PrimaryReturned { get; } = null!;

    /// <summary>What was parked begins to be sent.</summary>
    public Event<RecoveryStarted> RecoveryStarted { get; } = null!;

    /// <summary>Nothing is parked any more.</summary>
    public Event<RecoveryCompleted> RecoveryCompleted { get; } = null!;
}

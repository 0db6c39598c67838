using BusIngest.Contracts.Orders;
using MassTransit;

namespace BusIngest.Sagas.Orders;

/// <summary>
/// What a run of orders does: they are generated in chunks, their VIP orders processed as they come, and the NORMAL ones are not even enqueued
/// before the last VIP one is settled. One run at a time; what comes of an earlier one changes nothing.
/// </summary>
public sealed class OrderRunMachine : MassTransitStateMachine<OrderRunState>
{
    /// <summary>Lays down the table.</summary>
    /// <param name="options">In what pieces a run is worked off.</param>
    /// <param name="time">Tells when a phase begins.</param>
    public OrderRunMachine(OrderRunOptions options, TimeProvider time)
    {
        InstanceState(x => x.CurrentState);

        Event(() => GenerateOrders, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => SteerOrders, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => CancelOrders, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => ResetOrders, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => OrderChunkGenerated, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => VipOrdersEnqueued, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => NormalOrdersEnqueued, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => OrdersProcessed, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => OrdersRemoved, x => x.CorrelateById(_ => OrderRunState.TheOne));
        Event(() => OrdersHalted, x => x.CorrelateById(_ => OrderRunState.TheOne));

        Initially(
            When(GenerateOrders).BeginRun(options, time).TransitionTo(Generating),
            When(SteerOrders).Steer().TransitionTo(Idle),
            When(CancelOrders).BeginHalt().TransitionTo(Idle),
            When(ResetOrders).BeginHalt().TransitionTo(Halting));

        During([Idle, Done, Aborted, Error],
            When(GenerateOrders)
                .IfElse(context => context.Message.RunId == context.Saga.Facts.RunId,
                    again => again.RespondAccepted(),
                    other => other.BeginRun(options, time).TransitionTo(Generating)),
            When(CancelOrders).BeginHalt(),
            When(ResetOrders).BeginHalt().TransitionTo(Halting),
            When(OrdersHalted).NoteHalt());

        During(Generating,
            When(OrderChunkGenerated, context => context.Saga.Awaits(context.Message.Run))
                .TakeChunk()
                .GenerateChunks(options)
                .If(context => context.Saga.IsGenerated(), all => all.EnqueueVip(time).TransitionTo(EnqueueVip)));

        During(EnqueueVip,
            When(VipOrdersEnqueued, context => context.Saga.Awaits(context.Message.Run))
                .IfElse(context => !context.Saga.Matches(context.Message),
                    mismatch => mismatch.Fail(time).TransitionTo(Error),
                    match => match.IfElse(context => context.Saga.IsVipDrained(),
                        drained => drained.EnqueueNormal(options, time).TransitionTo(EnqueueNormal),
                        busy => busy.Enter(OrderPhases.WaitingVipDrain, time).TransitionTo(WaitingVipDrain))));

        During(WaitingVipDrain,
            When(OrdersProcessed, context => context.Saga.Awaits(context.Message.Run))
                .Settle()
                .If(context => context.Saga.IsVipDrained(), drained => drained.EnqueueNormal(options, time).TransitionTo(EnqueueNormal)),
            When(OrdersRemoved, context => context.Saga.Awaits(context.Message.Run))
                .Settle()
                .If(context => context.Saga.IsVipDrained(), drained => drained.EnqueueNormal(options, time).TransitionTo(EnqueueNormal)));

        During(EnqueueNormal,
            When(NormalOrdersEnqueued, context => context.Saga.Awaits(context.Message.Run))
                .Then(context => context.Saga.NormalOrders = context.Message.Orders)
                .IfElse(context => context.Saga.IsNormalDrained(),
                    drained => drained.Enter(OrderPhases.Done, time).TransitionTo(Done),
                    busy => busy.Enter(OrderPhases.WaitingNormalDrain, time).TransitionTo(WaitingNormalDrain)));

        During(WaitingNormalDrain,
            When(OrdersProcessed, context => context.Saga.Awaits(context.Message.Run))
                .Settle()
                .If(context => context.Saga.IsNormalDrained(), drained => drained.Enter(OrderPhases.Done, time).TransitionTo(Done)),
            When(OrdersRemoved, context => context.Saga.Awaits(context.Message.Run))
                .Settle()
                .If(context => context.Saga.IsNormalDrained(), drained => drained.Enter(OrderPhases.Done, time).TransitionTo(Done)));

        // Events of one run overtake each other: what is settled before its phase counts all the same.
        During([Generating, EnqueueVip, EnqueueNormal],
            When(OrdersProcessed, context => context.Saga.Awaits(context.Message.Run)).Settle(),
            When(OrdersRemoved, context => context.Saga.Awaits(context.Message.Run)).Settle());

        During([Generating, EnqueueVip, WaitingVipDrain, EnqueueNormal, WaitingNormalDrain],
            When(GenerateOrders)
                .IfElse(context => context.Message.RunId == context.Saga.Facts.RunId, again => again.RespondAccepted(), other => other.RespondRefused()),
            When(CancelOrders).BeginHalt().TransitionTo(Halting),
            When(ResetOrders).BeginHalt().TransitionTo(Halting),
            When(OrdersHalted).NoteHalt());

        During(Halting,
            When(OrdersHalted, context => context.Message.Halt == context.Saga.Halt)
                .NoteHalt()
                .IfElse(context => context.Saga.Wipes,
                    wipe => wipe
                        .If(context => OrderPhases.IsActive(context.Saga.Facts.Phase), active => active.Enter(OrderPhases.Aborted, time))
                        .Wipe()
                        .TransitionTo(Idle),
                    cancel => cancel.Enter(OrderPhases.Aborted, time).TransitionTo(Aborted)),
            When(GenerateOrders).RespondRefused(),
            When(CancelOrders).RespondHalting(),
            When(ResetOrders).BeginHalt());

        During([Idle, Generating, EnqueueVip, WaitingVipDrain, EnqueueNormal, WaitingNormalDrain, Halting, Done, Aborted, Error],
            When(SteerOrders).Steer());

        During([Idle, EnqueueVip, WaitingVipDrain, EnqueueNormal, WaitingNormalDrain, Halting, Done, Aborted, Error],
            Ignore(OrderChunkGenerated));
        During([Idle, Generating, WaitingVipDrain, EnqueueNormal, WaitingNormalDrain, Halting, Done, Aborted, Error],
            Ignore(VipOrdersEnqueued));
        During([Idle, Generating, EnqueueVip, WaitingVipDrain, WaitingNormalDrain, Halting, Done, Aborted, Error],
            Ignore(NormalOrdersEnqueued));
        During([Idle, Halting, Done, Aborted, Error],
            Ignore(OrdersProcessed),
            Ignore(OrdersRemoved));
    }

    /// <summary>There is no run.</summary>
    public State Idle { get; } = null!;

    /// <summary>Orders are generated.</summary>
    public State Generating { get; } = null!;

    /// <summary>All are stored, which is checked.</summary>
    public State EnqueueVip { get; } = null!;

    /// <summary>The last VIP orders are processed.</summary>
    public State WaitingVipDrain { get; } = null!;

    /// <summary>NORMAL orders are enqueued.</summary>
    public State EnqueueNormal { get; } = null!;

    /// <summary>NORMAL orders are processed.</summary>
    public State WaitingNormalDrain { get; } = null!;

    /// <summary>What is in hand is finished, then the run is over.</summary>
    public State Halting { get; } = null!;

    /// <summary>Every order is settled.</summary>
    public State Done { get; } = null!;

    /// <summary>The run was cancelled.</summary>
    public State Aborted { get; } = null!;

    /// <summary>The run can't go on.</summary>
    public State Error { get; } = null!;

    /// <summary>A client asks for a run.</summary>
    public Event<GenerateOrders> GenerateOrders { get; } = null!;

    /// <summary>A client pauses, resumes or closes the queue.</summary>
    public Event<SteerOrders> SteerOrders { get; } = null!;

    /// <summary>A client cancels the run.</summary>
    public Event<CancelOrders> CancelOrders { get; } = null!;

    /// <summary>A client wipes everything.</summary>
    public Event<ResetOrders> ResetOrders { get; } = null!;

    /// <summary>A chunk is stored.</summary>
    public Event<OrderChunkGenerated> OrderChunkGenerated { get; } = null!;

    /// <summary>The stored rows were counted.</summary>
    public Event<VipOrdersEnqueued> VipOrdersEnqueued { get; } = null!;

    /// <summary>The NORMAL orders are enqueued.</summary>
    public Event<NormalOrdersEnqueued> NormalOrdersEnqueued { get; } = null!;

    /// <summary>A batch is settled.</summary>
    public Event<OrdersProcessed> OrdersProcessed { get; } = null!;

    /// <summary>Batches were taken from the queue.</summary>
    public Event<OrdersRemoved> OrdersRemoved { get; } = null!;

    /// <summary>A run stands still, and is tidied up.</summary>
    public Event<OrdersHalted> OrdersHalted { get; } = null!;
}

using BusIngest.Contracts.Orders;
using MassTransit;

namespace BusIngest.Sagas.Orders;

/// <summary>The verbs of <see cref="OrderRunMachine"/> that somebody steers by.</summary>
internal static class OrderQueueActivities
{
    /// <summary>Lets the queue run or stand, and says how it is.</summary>
    public static EventActivityBinder<OrderRunState, SteerOrders> Steer(this EventActivityBinder<OrderRunState, SteerOrders> binder) => binder
        .Then(context =>
        {
            context.Saga.Paused = context.Message.Paused ?? context.Saga.Paused;
            context.Saga.Closed = context.Message.Closed ?? context.Saga.Closed;
        })
        .SetQueue()
        .Respond(context => new OrdersSteered(context.Saga.Paused, context.Saga.Closed));

    /// <summary>Has the run stopped, and tidied up.</summary>
    public static EventActivityBinder<OrderRunState, CancelOrders> BeginHalt(this EventActivityBinder<OrderRunState, CancelOrders> binder) => binder
        .Publish(context => context.Saga.NextHalt(new HaltOrders(
            0, 0, Stops: false, context.Message.Purge, context.Message.RemovePending, context.Message.ResetLogs, Wipe: false, History: false)))
        .RespondHalting();

    /// <summary>Has the run stopped, and everything wiped.</summary>
    public static EventActivityBinder<OrderRunState, ResetOrders> BeginHalt(this EventActivityBinder<OrderRunState, ResetOrders> binder) => binder
        .Publish(context => context.Saga.NextHalt(new HaltOrders(
            0, 0, Stops: true, Purge: true, RemovePending: true, ResetLogs: true, Wipe: true, context.Message.History)))
        .RespondHalting();

    /// <summary>Notes what a halt did.</summary>
    public static EventActivityBinder<OrderRunState, OrdersHalted> NoteHalt(this EventActivityBinder<OrderRunState, OrdersHalted> binder) =>
        binder.Then(context => context.Saga.LastHalt = context.Message);

    /// <summary>Everything is wiped: the queue is open, and there is no run.</summary>
    public static EventActivityBinder<OrderRunState, OrdersHalted> Wipe(this EventActivityBinder<OrderRunState, OrdersHalted> binder) => binder
        .Then(context =>
        {
            var run = context.Saga;
            run.Forget();
            run.Facts = new OrderRunFacts { Run = run.Facts.Run };
            (run.Paused, run.Closed, run.Wipes) = (false, false, false);
        })
        .SetQueue();

    public static EventActivityBinder<OrderRunState, T> RespondAccepted<T>(this EventActivityBinder<OrderRunState, T> binder)
        where T : class =>
        binder.Respond(context => new OrderRunAccepted(context.Saga.Facts.RunId, context.Saga.Facts.Phase, context.Saga.Facts.Quantity));

    public static EventActivityBinder<OrderRunState, T> RespondRefused<T>(this EventActivityBinder<OrderRunState, T> binder)
        where T : class =>
        binder.Respond(context => new OrderRunRefused(context.Saga.Facts.RunId, context.Saga.Facts.Phase));

    public static EventActivityBinder<OrderRunState, T> RespondHalting<T>(this EventActivityBinder<OrderRunState, T> binder)
        where T : class =>
        binder.Respond(context => new OrdersHalting(context.Saga.Halt, OrderPhases.IsActive(context.Saga.Facts.Phase)));

    /// <summary>Numbers a halt of the present run, which from then on is the one that counts.</summary>
    public static HaltOrders NextHalt(this OrderRunState run, HaltOrders halt)
    {
        run.Halt++;
        run.Wipes |= halt.Wipe;
        return halt with { Halt = run.Halt, Run = run.Facts.Run, Stops = halt.Stops || OrderPhases.IsActive(run.Facts.Phase) };
    }

    /// <summary>Forgets all of a run but its facts.</summary>
    public static void Forget(this OrderRunState run)
    {
        (run.Seed, run.ChunkSize, run.ChunksAsked, run.ChunksGenerated) = (0, 0, 0, 0);
        (run.VipOrders, run.NormalOrders, run.VipSettled, run.NormalSettled) = (0, 0, 0, 0);
    }

    private static EventActivityBinder<OrderRunState, T> SetQueue<T>(this EventActivityBinder<OrderRunState, T> binder)
        where T : class => binder
        .Then(context => context.Saga.Revision++)
        .Publish(context => new SwitchOrders(context.Saga.Revision, context.Saga.Paused, context.Saga.Closed));
}

using BusIngest.Contracts.Orders;
using MassTransit;

namespace BusIngest.Sagas.Orders;

/// <summary>The verbs of <see cref="OrderRunMachine"/> that a run goes on by.</summary>
internal static class OrderRunActivities
{
    /// <summary>Forgets the run before, and has the first chunks generated.</summary>
    public static EventActivityBinder<OrderRunState, GenerateOrders> BeginRun(
        this EventActivityBinder<OrderRunState, GenerateOrders> binder, OrderRunOptions options, TimeProvider time) => binder
        .Then(context =>
        {
            var run = context.Saga;
            run.Forget();
            run.ChunkSize = options.ChunkSize;
            run.Seed = context.Message.RunId.GetHashCode();
            run.Facts = new OrderRunFacts
            {
                Run = run.Facts.Run + 1,
                RunId = context.Message.RunId,
                Quantity = context.Message.Quantity,
                CreatedAt = time.GetUtcNow(),
            };
        })
        .Enter(OrderPhases.Generating, time)
        .GenerateChunks(options)
        .RespondAccepted();

    /// <summary>Asks for more chunks, as long as not too many are in hand.</summary>
    public static EventActivityBinder<OrderRunState, T> GenerateChunks<T>(
        this EventActivityBinder<OrderRunState, T> binder, OrderRunOptions options)
        where T : class => binder.ThenAsync(async context =>
        {
            var run = context.Saga;
            while (run.ChunksAsked < run.Chunks() && run.ChunksAsked - run.ChunksGenerated < options.ChunksInHand)
            {
                var first = run.ChunksAsked * run.ChunkSize;
                var count = Math.Min(run.ChunkSize, run.Facts.Quantity - first);
                await context.Publish(new GenerateOrderChunk(run.Facts.Run, run.Facts.RunId, run.ChunksAsked, first, count, run.Seed));
                run.ChunksAsked++;
            }
        });

    /// <summary>Counts a chunk, and has its VIP orders processed without waiting for the others.</summary>
    public static EventActivityBinder<OrderRunState, OrderChunkGenerated> TakeChunk(
        this EventActivityBinder<OrderRunState, OrderChunkGenerated> binder) => binder
        .Then(context =>
        {
            context.Saga.ChunksGenerated++;
            context.Saga.VipOrders += context.Message.Vip;
        })
        .If(
            context => context.Message.Vip > 0,
            some => some.Publish(context => new ProcessVipOrders(context.Message.Run, context.Message.First)));

    /// <summary>Comes to a phase, and has that recorded.</summary>
    public static EventActivityBinder<OrderRunState, T> Enter<T>(this EventActivityBinder<OrderRunState, T> binder, string phase, TimeProvider time)
        where T : class => binder
        .Then(context => context.Saga.Facts = context.Saga.Facts.Entering(phase, time.GetUtcNow()))
        .Publish(context => new OrderRunAdvanced(context.Saga.Facts));

    /// <summary>Has the stored rows checked.</summary>
    public static EventActivityBinder<OrderRunState, T> EnqueueVip<T>(this EventActivityBinder<OrderRunState, T> binder, TimeProvider time)
        where T : class => binder
        .Enter(OrderPhases.EnqueueVip, time)
        .Publish(context => new EnqueueVipOrders(context.Saga.Facts.Run, context.Saga.Facts.Quantity));

    /// <summary>The barrier is past: has the NORMAL orders enqueued.</summary>
    public static EventActivityBinder<OrderRunState, T> EnqueueNormal<T>(
        this EventActivityBinder<OrderRunState, T> binder, OrderRunOptions options, TimeProvider time)
        where T : class => binder
        .Enter(OrderPhases.EnqueueNormal, time)
        .Publish(context => new EnqueueNormalOrders(context.Saga.Facts.Run, options.BatchSize));

    /// <summary>Counts orders that are settled.</summary>
    public static EventActivityBinder<OrderRunState, OrdersProcessed> Settle(this EventActivityBinder<OrderRunState, OrdersProcessed> binder) =>
        binder.Then(context =>
        {
            if (context.Message.Priority == OrderPriority.Normal)
                context.Saga.NormalSettled += context.Message.Orders;
            else
                context.Saga.VipSettled += context.Message.Orders;
        });

    /// <summary>Counts orders that were taken from the queue: nobody waits for them any more.</summary>
    public static EventActivityBinder<OrderRunState, OrdersRemoved> Settle(this EventActivityBinder<OrderRunState, OrdersRemoved> binder) =>
        binder.Then(context =>
        {
            context.Saga.VipSettled += context.Message.VipOrders;
            context.Saga.NormalSettled += context.Message.NormalOrders;
        });

    /// <summary>The rows are not those that were generated: nobody may guess what to do.</summary>
    public static EventActivityBinder<OrderRunState, VipOrdersEnqueued> Fail(
        this EventActivityBinder<OrderRunState, VipOrdersEnqueued> binder, TimeProvider time) => binder
        .Then(context => context.Saga.Facts = context.Saga.Facts with
        {
            Error = $"{context.Message.Orders} orders are stored, {context.Message.VipOrders} of them in VIP batches; "
                + $"{context.Saga.Facts.Quantity} and {context.Saga.VipOrders} were generated.",
        })
        .Enter(OrderPhases.Error, time)
        .Publish(context => context.Saga.NextHalt(new HaltOrders(
            0, 0, Stops: true, Purge: false, RemovePending: false, ResetLogs: false, Wipe: false, History: false)));

    private static OrderRunFacts Entering(this OrderRunFacts facts, string phase, DateTimeOffset now) => facts with
    {
        Step = facts.Step + 1,
        Phase = phase,
        GeneratedAt = phase is OrderPhases.EnqueueVip ? now : facts.GeneratedAt,
        VipEnqueuedAt = facts.Phase is OrderPhases.EnqueueVip ? now : facts.VipEnqueuedAt,
        VipDrainedAt = phase is OrderPhases.EnqueueNormal ? now : facts.VipDrainedAt,
        NormalEnqueuedAt = (facts.Phase, phase) is (OrderPhases.EnqueueNormal, OrderPhases.WaitingNormalDrain or OrderPhases.Done)
            ? now
            : facts.NormalEnqueuedAt,
        EndedAt = OrderPhases.IsActive(phase) ? null : now,
    };
}

using BusIngest.Api.Hosting;
using BusIngest.Contracts.Orders;
using BusIngest.Sagas.Orders;
using MassTransit;

namespace BusIngest.Api.Orders;

/// <summary>The routes that end a run.</summary>
internal static class HaltEndpoints
{
    private static readonly QueryField Purge = QueryField.Flag("purge", absent: true, "Empties the queue");
    private static readonly QueryField RemovePending = QueryField.Flag("removePending", absent: true, "Deletes orders that are not processed");
    private static readonly QueryField ResetLogs = QueryField.Flag("resetLogs", absent: false, "Empties the orders' log");
    private static readonly QueryField History = QueryField.Flag("history", absent: false, "Forgets the history of runs as well");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Maps `/cancel` and `/reset`.</summary>
    public static void MapHalts(this RouteGroupBuilder orders)
    {
        Describe<RunCancelled>(orders.MapPost("/cancel", CancelAsync)).WithQuery(Purge, RemovePending, ResetLogs).WithSummary(
            "Ends the run once work in hand is finished; `purge` (true) empties the queue, `removePending` (true) deletes orders that are not "
            + "processed, `resetLogs` (false) the log. 202: that takes longer than 5 s");
        Describe<OrdersWiped>(orders.MapPost("/reset", ResetAsync)).WithQuery(History).WithSummary(
            "Ends the run, and wipes orders, metrics and queue; the history of runs only with `history`. 202: that takes longer than 5 s");
    }

    private static RouteHandlerBuilder Describe<TAnswer>(RouteHandlerBuilder route) => route
        .Produces<TAnswer>()
        .Produces<TAnswer>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CancelAsync(
        string? purge, string? removePending, string? resetLogs, IRequestClient<CancelOrders> client, OrdersReader reader, TimeProvider time)
    {
        var errors = new FieldErrors();
        var command = new CancelOrders(
            errors.Flag(Purge, purge), errors.Flag(RemovePending, removePending), errors.Flag(ResetLogs, resetLogs));
        if (!errors.AreNone)
            return Problems.Validation(errors.ByField);

        var begun = time.GetTimestamp();
        var before = await reader.RunAsync(CancellationToken.None);
        var halting = await client.AskAsync<CancelOrders, OrdersHalting>(command);
        var run = await WaitAsync(halting.Halt, begun, before, reader, time);
        var done = run.LastHalt is { } last && last.Halt >= halting.Halt ? last : null;
        var message = (done, halting.WasActive) switch
        {
            (null, _) => "The run is being cancelled; work in hand is still being finished.",
            (_, true) => "The run is cancelled.",
            (_, false) => "No run was active; there was only to tidy up.",
        };
        return TypedResults.Json(
            new RunCancelled(message, run.Facts.Phase, done?.Purged ?? 0, done?.Removed ?? 0), OrderApiJson.Default.RunCancelled, statusCode: Status(done));
    }

    private static async Task<IResult> ResetAsync(string? history, IRequestClient<ResetOrders> client, OrdersReader reader, TimeProvider time)
    {
        var errors = new FieldErrors();
        var command = new ResetOrders(errors.Flag(History, history));
        if (!errors.AreNone)
            return Problems.Validation(errors.ByField);

        var begun = time.GetTimestamp();
        var before = await reader.RunAsync(CancellationToken.None);
        var halting = await client.AskAsync<ResetOrders, OrdersHalting>(command);
        var run = await WaitAsync(halting.Halt, begun, before, reader, time);
        var done = run.LastHalt is { } last && last.Halt >= halting.Halt ? last : null;
        var message = done is null ? "The orders are being wiped; work in hand is still being finished." : "All orders are wiped.";
        return TypedResults.Json(
            new OrdersWiped(message, done?.Removed ?? 0, done?.DeletedRuns ?? 0, done is not null), OrderApiJson.Default.OrdersWiped, statusCode: Status(done));
    }

    private static int Status(OrdersHalted? done) => done is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;

    /// <summary>Waits until a halt is over, or the request's time is up; what is under way is finished whether or not somebody still listens, and
    /// whether or not the database can be read just now.</summary>
    private static async Task<OrderRunState> WaitAsync(long halt, long begun, OrderRunState before, OrdersReader reader, TimeProvider time)
    {
        var run = before;
        while (true)
        {
            run = await Requests.ReadDecidedAsync<OrderRunState>(async () => await reader.RunAsync(CancellationToken.None), time) ?? run;
            if (run.LastHalt?.Halt >= halt || time.GetElapsedTime(begun) >= Requests.Deadline)
                return run;
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }
}

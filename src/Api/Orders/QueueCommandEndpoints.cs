using BusIngest.Api.Hosting;
using BusIngest.Contracts.Orders;
using MassTransit;

namespace BusIngest.Api.Orders;

/// <summary>The routes that steer the queue.</summary>
internal static class QueueCommandEndpoints
{
    private const long Year = 366L * 86_400_000;

    private static readonly QueryField State = QueryField.Word("state", OrderJobTypes.All, "The state of the jobs", OrderJobStates.Completed);
    private static readonly QueryField Grace = QueryField.Whole("grace", 0, 0, Year, "Milliseconds that they must have been in it");
    private static readonly QueryField Limit = QueryField.Whole("limit", 1_000, 1, OrderRange.MaxOrders, "How many jobs at most");
    private static readonly QueryField MaxJobs = QueryField.Whole("maxJobs", 100, 1, OrderRange.MaxOrders, "How many jobs at most");

    /// <summary>Maps `POST /queue/…`.</summary>
    public static void MapQueueCommands(this RouteGroupBuilder orders)
    {
        Describe<QueuePaused>(orders.MapPost("/queue/pause", PauseAsync)).WithSummary("Begins no job any more until somebody resumes");
        Describe<QueueResumed>(orders.MapPost("/queue/resume", ResumeAsync)).WithSummary("Ends a pause, and a closing");
        Describe<QueueClosed>(orders.MapPost("/queue/close", CloseAsync))
            .WithSummary("Begins no job any more until somebody resumes, or the workers start anew");
        Describe<QueueCleaned>(orders.MapPost("/queue/clean", CleanAsync)).WithQuery(State, Grace, Limit).WithSummary(
            "Takes out jobs that are in a `state` (completed) for more than `grace` (0) milliseconds, at most `limit` (1,000); "
            + "orders of those that were not over stay as they are");
        Describe<QueuePurged>(orders.MapPost("/queue/purge", PurgeAsync)).WithSummary("Takes out all jobs that wait");
        Describe<JobsRetried>(orders.MapPost("/queue/retry-failed", RetryAsync)).WithSummary("Tries orders that failed again, with their jobs");
        Describe<JobsRecovered>(orders.MapPost("/queue/recover-stuck", RecoverAsync)).WithQuery(MaxJobs)
            .WithSummary("Puts jobs back that are in hand, or wait, for too long: at most `maxJobs` (100)");
    }

    private static RouteHandlerBuilder Describe<TAnswer>(RouteHandlerBuilder route) => route
        .Produces<TAnswer>()
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PauseAsync(IRequestClient<SteerOrders> client)
    {
        var queue = await client.AskAsync<SteerOrders, OrdersSteered>(new SteerOrders(Paused: true, Closed: null));
        return TypedResults.Json(new QueuePaused(queue.Paused), OrderApiJson.Default.QueuePaused);
    }

    private static async Task<IResult> ResumeAsync(IRequestClient<SteerOrders> client)
    {
        var queue = await client.AskAsync<SteerOrders, OrdersSteered>(new SteerOrders(Paused: false, Closed: false));
        return TypedResults.Json(new QueueResumed(!queue.Paused && !queue.Closed), OrderApiJson.Default.QueueResumed);
    }

    private static async Task<IResult> CloseAsync(IRequestClient<SteerOrders> client)
    {
        var queue = await client.AskAsync<SteerOrders, OrdersSteered>(new SteerOrders(Paused: null, Closed: true));
        return TypedResults.Json(new QueueClosed(queue.Closed), OrderApiJson.Default.QueueClosed);
    }

    private static async Task<IResult> CleanAsync(
        string? state, string? grace, string? limit, IRequestClient<CleanOrderJobs> client, OrdersReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var type = errors.Word(State, state)!;
        var graceMs = errors.Whole(Grace, grace);
        var most = (int)errors.Whole(Limit, limit);
        if (!errors.AreNone)
            return Problems.Validation(errors.ByField);

        var run = await reader.RunAsync(cancellationToken);
        var removed = OrderJobTypes.State(type, run.Paused || run.Closed) is { } actual
            ? await ChangeAsync(client, new CleanOrderJobs(run.Facts.Run, actual, graceMs, most))
            : 0;
        return TypedResults.Json(new QueueCleaned(removed, type), OrderApiJson.Default.QueueCleaned);
    }

    private static async Task<IResult> PurgeAsync(IRequestClient<CleanOrderJobs> client, OrdersReader reader, CancellationToken cancellationToken)
    {
        var run = await reader.RunAsync(cancellationToken);
        var purged = await ChangeAsync(client, new CleanOrderJobs(run.Facts.Run, OrderJobStates.Waiting, 0, OrderRange.MaxOrders));
        return TypedResults.Json(new QueuePurged(purged), OrderApiJson.Default.QueuePurged);
    }

    private static async Task<IResult> RetryAsync(IRequestClient<RetryFailedOrders> client, OrdersReader reader, CancellationToken cancellationToken)
    {
        var run = await reader.RunAsync(cancellationToken);
        var retried = await ChangeAsync(client, new RetryFailedOrders(run.Facts.Run));
        return TypedResults.Json(new JobsRetried(retried), OrderApiJson.Default.JobsRetried);
    }

    private static async Task<IResult> RecoverAsync(
        string? maxJobs, IRequestClient<RecoverStuckOrders> client, OrdersReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var most = (int)errors.Whole(MaxJobs, maxJobs);
        if (!errors.AreNone)
            return Problems.Validation(errors.ByField);

        var run = await reader.RunAsync(cancellationToken);
        var recovered = await ChangeAsync(client, new RecoverStuckOrders(run.Facts.Run, most));
        return TypedResults.Json(new JobsRecovered(recovered), OrderApiJson.Default.JobsRecovered);
    }

    private static async Task<int> ChangeAsync<TCommand>(IRequestClient<TCommand> client, TCommand command)
        where TCommand : class => (await client.AskAsync<TCommand, OrderJobsChanged>(command)).Jobs;
}

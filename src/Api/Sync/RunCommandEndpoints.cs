using BusIngest.Api.Hosting;
using BusIngest.Contracts.Sync;
using MassTransit;

namespace BusIngest.Api.Sync;

/// <summary>The routes of the runs that their sagas decide on.</summary>
internal static class RunCommandEndpoints
{
    /// <summary>Maps `POST /sync/runs/{runId}/pause`, `/resume` and `/cancel`.</summary>
    public static void MapRunCommands(this RouteGroupBuilder sync)
    {
        Describe(sync.MapPost("/runs/{runId}/pause", PauseAsync)).WithSummary("Pauses a run that is under way; nothing more is stored");
        Describe(sync.MapPost("/runs/{runId}/resume", ResumeAsync)).WithSummary("Goes on with a run that is Paused, where it was");
        Describe(sync.MapPost("/runs/{runId}/cancel", CancelAsync)).WithSummary("Ends a run that is not over; what it stored stays");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .Produces<RunView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Task<IResult> PauseAsync(string runId, IRequestClient<PauseSync> client, RunQueries runs, TimeProvider time) =>
        DecideAsync(runId, client, id => new PauseSync(id), runs, time, "only one that is under way can be paused");

    private static Task<IResult> ResumeAsync(string runId, IRequestClient<ResumeSync> client, RunQueries runs, TimeProvider time) =>
        DecideAsync(runId, client, id => new ResumeSync(id), runs, time, "only a Paused one can be resumed");

    private static Task<IResult> CancelAsync(string runId, IRequestClient<CancelSync> client, RunQueries runs, TimeProvider time) =>
        DecideAsync(runId, client, id => new CancelSync(id), runs, time, "it is over already");

    private static async Task<IResult> DecideAsync<TCommand>(
        string runId, IRequestClient<TCommand> client, Func<Guid, TCommand> command, RunQueries runs, TimeProvider time, string rule)
        where TCommand : class
    {
        if (!Guid.TryParse(runId, out var id))
            return SyncEndpoints.NotFound(runId);

        var before = await runs.FindAsync(id, CancellationToken.None);
        var answer = await client.AskAsync<TCommand, SyncChanged, SyncRefused>(command(id), Requests.Deadline);
        if (answer.Is(out Response<SyncRefused>? refused))
        {
            return refused.Message.State is { } state
                ? Problems.Conflict($"The run is {state}; {rule}.")
                : SyncEndpoints.NotFound(runId);
        }

        answer.Is(out Response<SyncChanged>? changed);
        // The state is the one that was decided on: the run may be further by now.
        return (await Requests.ReadDecidedAsync(() => runs.FindAsync(id, CancellationToken.None), time) ?? before) is { } run
            ? TypedResults.Json(run with { State = changed!.Message.State }, SyncApiJson.Default.RunView)
            : SyncEndpoints.NotFound(runId);
    }
}

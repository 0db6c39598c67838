using BusIngest.Api.Hosting;
using BusIngest.Contracts.Timers;
using MassTransit;

namespace BusIngest.Api.Timers;

/// <summary>The routes of the timers that their sagas decide on.</summary>
internal static class TimerCommandEndpoints
{
    /// <summary>Maps `DELETE /timer/{timerId}` and `POST /timer/{timerId}/redeliver`.</summary>
    public static void MapTimerCommands(this RouteGroupBuilder api)
    {
        Describe(api.MapDelete("/timer/{timerId}", CancelAsync), StatusCodes.Status200OK)
            .WithSummary("Cancels a timer that is still Scheduled");
        Describe(api.MapPost("/timer/{timerId}/redeliver", RedeliverAsync), StatusCodes.Status202Accepted)
            .WithSummary("Calls the webhook of a Finished or Failed timer again");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, int success) => route
        .Produces<TimerAnswer>(success)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Task<IResult> CancelAsync(
        string timerId, IRequestClient<CancelTimer> client, TimerCommands commands, TimerQueries timers, TimeProvider time) =>
        DecideAsync(
            timerId,
            id => commands.AskAsync(client, id, new CancelTimer(id)),
            (id, decision) => ShowAsync(id, decision, timers, time, StatusCodes.Status200OK, "Timer Cancelled!"),
            status => $"The timer is {status}; only a Scheduled one can be cancelled.");

    private static Task<IResult> RedeliverAsync(
        string timerId, IRequestClient<RedeliverTimer> client, TimerCommands commands, TimerQueries timers, TimeProvider time) =>
        DecideAsync(
            timerId,
            id => commands.AskAsync(client, id, new RedeliverTimer(id)),
            (id, decision) => ShowAsync(id, decision, timers, time, StatusCodes.Status202Accepted, "Timer Redelivering!"),
            status => $"The timer is {status}; only a Finished or Failed one can be delivered again.");

    private static async Task<IResult> DecideAsync(
        string timerId, Func<Guid, Task<TimerDecision?>> ask, Func<Guid, TimerDecision, Task<IResult>> show, Func<string, string> explain)
    {
        if (!Guid.TryParse(timerId, out var id) || await ask(id) is not { } decision)
            return TimerEndpoints.NotFound(timerId);

        return decision.IsDone ? await show(id, decision) : Problems.Conflict(explain(decision.Status));
    }

    private static async Task<IResult> ShowAsync(Guid id, TimerDecision decision, TimerQueries timers, TimeProvider time, int code, string message)
    {
        // Where the timer can't be read just now there is no time left that could be told.
        var summary = await Requests.ReadDecidedAsync(() => timers.FindAsync(id, CancellationToken.None), time) is { } timer
            ? TimerSummary.Of(timer, time.GetUtcNow())
            : new TimerSummary(id, 0, decision.Status);
        // The state is the one that was decided on: the timer may be further by now.
        summary = summary with { TimerStatus = decision.Status };
        return TypedResults.Json(new TimerAnswer(code, message, summary), TimerApiJson.Default.TimerAnswer, statusCode: code);
    }
}

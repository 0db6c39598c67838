using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Timers;

/// <summary>The routes of the timers: to set them and to read them.</summary>
internal static class TimerEndpoints
{
    private static readonly QueryField Status = QueryField.Word("status", TimerStatus.All, "Only timers in this state");
    /// <summary>A payload of 64 KB, written with escapes, and what is around it; in bytes.</summary>
    private const long LongestBody = 256L << 10;

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddTimersApi(this IServiceCollection services, Settings settings) => services
        .AddSingleton(typeof(INewTimers), settings.RabbitMq is null ? typeof(PendingTimers) : typeof(SharedNewTimers))
        .AddSingleton<TimerQueries>()
        .AddSingleton<TimerCommands>()
        .AddTransient<AttemptQueries>();

    /// <summary>Maps `/api/v1/timer…`.</summary>
    public static void MapTimersApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Timers");
        api.MapPost("/timer", PostAsync)
            .Accepts<NewTimer>("application/json", RequestBody.AnyType).LimitBody(LongestBody)
            .Produces<TimerAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Sets a timer that calls a webhook when it is due; when it answers, the timer is on disk");
        api.MapGet("/timers", ListAsync)
            .ProducesList<TimerPage>().WithQuery(QueryField.Limit, QueryField.After, Status).WithSummary("Timers, newest first");
        api.MapGet("/timer/{timerId}", GetAsync)
            .Produces<TimerAnswer>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One timer and the seconds left");
        api.MapGet("/timer/{timerId}/attempts", AttemptsAsync)
            .Produces<TimerAttempts>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Every call of a timer's webhook, and how late it was");
        api.MapTimerCommands();
    }

    /// <summary>404 for an id that no timer has.</summary>
    public static ProblemHttpResult NotFound(string timerId) => Problems.NotFound($"There is no timer '{timerId}'.");

    private static async Task<IResult> PostAsync(HttpContext context, IOutbox outbox, INewTimers newTimers, Settings settings, TimeProvider time)
    {
        var reader = new TimerReader(settings.Webhooks.AllowedHosts);
        var body = await context.Request.BodyReader.ReadToEndAsync(context.RequestAborted);
        var isRight = reader.Read(body);
        // Or Kestrel takes the body for unread, and closes the connection.
        context.Request.BodyReader.AdvanceTo(body.End);
        if (!isRight)
            return Problems.Validation(reader.Errors.ByField);

        var now = time.GetUtcNow();
        var timer = reader.Complete(context.Ids(now).Next(), now);
        // Not with the request's token: what is under way becomes durable, whether or not its client still listens.
        await Task.WhenAll(outbox.PublishAsync(timer, CancellationToken.None), newTimers.NoteAsync(timer));
        var summary = new TimerSummary(timer.TimerId, TimerSummary.SecondsUntil(timer.DueAt, timer.CreatedAt), TimerStatus.Scheduled);
        return TypedResults.Json(
            new TimerAnswer(StatusCodes.Status201Created, "Timer Created!", summary),
            TimerApiJson.Default.TimerAnswer,
            statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string timerId, TimerQueries timers, TimeProvider time, CancellationToken cancellationToken) =>
        Guid.TryParse(timerId, out var id) && await timers.FindAsync(id, cancellationToken) is { } timer
            ? TypedResults.Json(
                new TimerAnswer(StatusCodes.Status200OK, "fetched successfully!", TimerSummary.Of(timer, time.GetUtcNow())),
                TimerApiJson.Default.TimerAnswer)
            : NotFound(timerId);

    private static async Task<IResult> ListAsync(
        string? status, string? limit, string? after, TimerQueries timers, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Word(Status, status);
        if (!PageRequest.TryRead(limit, after, TimerQueries.Scope(status), errors, out var page))
            return Problems.Validation(errors.ByField);

        var found = await timers.ListAsync(page, status, time.GetUtcNow(), cancellationToken);
        return new ListResult<TimerPage, TimerView>(found, TimerApiJson.Default.TimerPage, found.Timers, TimerApiJson.Default.TimerView, found.Next);
    }

    private static async Task<IResult> AttemptsAsync(
        string timerId, TimerQueries timers, AttemptQueries attempts, CancellationToken cancellationToken) =>
        Guid.TryParse(timerId, out var id) && await timers.FindAsync(id, cancellationToken) is { } timer
            ? TypedResults.Json(await attempts.ReadAsync(timer, cancellationToken), TimerApiJson.Default.TimerAttempts)
            : NotFound(timerId);
}

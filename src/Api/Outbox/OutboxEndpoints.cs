using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;

namespace BusIngest.Api.Outbox;

/// <summary>The routes of the outbox.</summary>
internal static class OutboxEndpoints
{
    private const string NoLane = "This process has no lane over a server: its inbox is the only one, and there is nothing to isolate it from.";

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddOutboxApi(this IServiceCollection services) => services.AddTransient<SessionQueries>();

    /// <summary>Maps `/outbox…`.</summary>
    public static void MapOutboxApi(this IEndpointRouteBuilder routes)
    {
        var outbox = routes.MapGroup("/outbox").WithTags("Outbox");
        outbox.MapGet("", (IOutboxMonitor monitor) => TypedResults.Ok(monitor.Read())).WithSummary("The outbox's lane, its breaker, and what waits");
        outbox.MapGet("/sessions", ListAsync)
            .Produces<SessionPage>().WithQuery(QueryField.Limit, QueryField.After)
            .WithSummary("Failover sessions, newest first; this process's open one from memory");
        outbox.MapPost("/isolate", (IServiceProvider services) => SteerAsync(services, control => control.IsolateAsync()))
            .Produces<OutboxStatus>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Sends everything of this process to the fallback, until it is closed by hand");
        outbox.MapPost("/close", (IServiceProvider services) => SteerAsync(services, control => control.CloseAsync()))
            .Produces<OutboxStatus>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Uses this process's lane again, whatever its breaker thinks of it");
    }

    private static async Task<IResult> ListAsync(string? limit, string? after, SessionQueries sessions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        return PageRequest.TryRead(limit, after, CursorScope.Of("outbox-sessions"), errors, out var page)
            ? TypedResults.Json(await sessions.ListAsync(page, cancellationToken), OutboxApiJson.Default.SessionPage)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> SteerAsync(IServiceProvider services, Func<IOutboxControl, Task> steer)
    {
        if (services.GetService<IOutboxControl>() is not { } control)
            return Problems.Conflict(NoLane);

        await steer(control);
        return TypedResults.Ok(services.GetRequiredService<IOutboxMonitor>().Read());
    }
}

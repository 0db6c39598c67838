using BusIngest.Bus.Outbox;

namespace BusIngest.Api.Outbox;

/// <summary>The routes of the outbox.</summary>
internal static class OutboxEndpoints
{
    /// <summary>Maps `/outbox`.</summary>
    public static void MapOutboxApi(this IEndpointRouteBuilder routes) => routes
        .MapGet("/outbox", (IOutboxMonitor outbox) => TypedResults.Ok(outbox.Read()))
        .WithTags("Outbox")
        .WithSummary("The outbox's lane, its breaker, and what waits");
}

using BusIngest.Api.Hosting;
using BusIngest.Bus.Failures;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Failures;

/// <summary>The routes of the failed messages.</summary>
internal static class FailedMessageEndpoints
{
    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddFailedMessagesApi(this IServiceCollection services) => services.AddTransient<FailedMessageQueries>();

    /// <summary>Maps `/messages/failed…`.</summary>
    public static void MapFailedMessagesApi(this IEndpointRouteBuilder routes)
    {
        var failed = routes.MapGroup("/messages/failed").WithTags("Failed messages");
        failed.MapGet("", ListAsync).Produces<FailedMessagePage>().WithSummary("Messages whose consumer gave up, newest first");
        failed.MapPost("/retry", RetryAllAsync).Produces<RetriedMessages>(StatusCodes.Status202Accepted).WithSummary("Sends all again, or those of one type");
        failed.MapPost("/{id}/retry", RetryAsync)
            .Produces<RetriedMessages>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Sends one again, once");
        failed.MapDelete("/{id}", DropAsync)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).WithSummary("Drops one for good");
    }

    private static async Task<IResult> ListAsync(
        string? type, string? limit, string? after, FailedMessageQueries messages, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        return PageRequest.TryRead(limit, after, errors, out var page)
            ? TypedResults.Ok(await messages.ListAsync(page, type, cancellationToken))
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> RetryAllAsync(string? type, IFailedMessages messages, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, new RetriedMessages(await messages.RetryAllAsync(type, cancellationToken)));

    private static async Task<IResult> RetryAsync(string id, IFailedMessages messages, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) && await messages.RetryAsync(guid, cancellationToken)
            ? TypedResults.Accepted((string?)null, new RetriedMessages(1))
            : NotFound(id);

    private static async Task<IResult> DropAsync(string id, IFailedMessages messages, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) && await messages.DropAsync(guid, cancellationToken) ? TypedResults.NoContent() : NotFound(id);

    private static ProblemHttpResult NotFound(string id) => Problems.NotFound($"No message failed under the id '{id}', or it was sent again.");
}

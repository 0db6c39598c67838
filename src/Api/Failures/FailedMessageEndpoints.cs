using BusIngest.Api.Hosting;
using BusIngest.Bus.Failures;
using BusIngest.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Failures;

/// <summary>The routes of the failed messages.</summary>
internal static class FailedMessageEndpoints
{
    private static readonly QueryField Type = QueryField.Text("type", "Only messages of this type, such as CarGenerated");

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddFailedMessagesApi(this IServiceCollection services) => services.AddTransient<FailedMessageQueries>();

    /// <summary>Maps `/messages/failed…`.</summary>
    public static void MapFailedMessagesApi(this IEndpointRouteBuilder routes)
    {
        var failed = routes.MapGroup("/messages/failed").WithTags("Failed messages");
        failed.MapGet("", ListAsync)
            .ProducesList<FailedMessagePage>().WithQuery(QueryField.Limit, QueryField.After, Type).WithSummary("Messages whose consumer gave up, newest first");
        failed.MapPost("/retry", RetryAllAsync)
            .Produces<RetriedMessages>(StatusCodes.Status202Accepted).WithQuery(Type).WithSummary("Sends all again, or those of one type");
        failed.MapPost("/{id}/retry", RetryAsync)
            .Accepts<RetryBody>(isOptional: true, "application/json", RequestBody.AnyType).TakeLargeBodies()
            .Produces<RetriedMessages>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Sends one again, once: as it was, or with the payload of the body in place of its own");
        failed.MapDelete("/{id}", DropAsync)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).WithSummary("Drops one for good");
    }

    private static async Task<IResult> ListAsync(
        string? type, string? limit, string? after, FailedMessageQueries messages, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (!PageRequest.TryRead(limit, after, FailedMessageQueries.Scope(type), errors, out var page))
            return Problems.Validation(errors.ByField);

        var found = await messages.ListAsync(page, type, cancellationToken);
        return new ListResult<FailedMessagePage, FailedMessageView>(
            found, FailureApiJson.Default.FailedMessagePage, found.Messages, FailureApiJson.Default.FailedMessageView, found.Next);
    }

    private static async Task<IResult> RetryAllAsync(string? type, IFailedMessages messages, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, new RetriedMessages(await messages.RetryAllAsync(type, cancellationToken)));

    private static async Task<IResult> RetryAsync(string id, HttpContext context, IFailedMessages messages)
    {
        var errors = new FieldErrors();
        var body = await context.Request.BodyReader.ReadToEndAsync(context.RequestAborted);
        var retry = RetryBody.Read(body, errors);
        // Or Kestrel takes the body for unread, and closes the connection.
        context.Request.BodyReader.AdvanceTo(body.End);
        if (retry is null)
            return Problems.Validation(errors.ByField);
        if (!Guid.TryParse(id, out var guid))
            return NotFound(id);
        if (retry.Payload is { } edited && StorableText.Find(edited, "payload") is { } unstorable)
            return Problems.Validation(unstorable.Field, unstorable.Error);

        try
        {
            var isSent = retry.Payload is { } payload
                ? await messages.RetryAsync(guid, payload, context.RequestAborted)
                : await messages.RetryAsync(guid, context.RequestAborted);
            return isSent ? TypedResults.Accepted((string?)null, new RetriedMessages(1)) : NotFound(id);
        }
        catch (PayloadRefusedException exception)
        {
            return Problems.Validation("payload", exception.Message);
        }
    }

    private static async Task<IResult> DropAsync(string id, IFailedMessages messages, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) && await messages.DropAsync(guid, cancellationToken) ? TypedResults.NoContent() : NotFound(id);

    private static ProblemHttpResult NotFound(string id) => Problems.NotFound($"No message failed under the id '{id}', or it was sent again.");
}

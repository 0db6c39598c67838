using System.Diagnostics;
using BusIngest.Api.Configuration;
using BusIngest.Api.Telemetry.Requests;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace BusIngest.Api.Hosting;

/// <summary>Answers exceptions: a bad request with its reason, a full outbox with when to come back, anything else with 500 and no internals.</summary>
internal sealed partial class ProblemExceptionHandler(Settings settings, IMainDatabase database, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan StorageRetryAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException bad => Bad(httpContext, bad),
            OutboxUnavailableException unavailable => Full(httpContext, unavailable),
            StorageUnavailableException or SqliteFailureException { IsStorageFailure: true } =>
                Problems.Unavailable(httpContext.Response, exception.Message, StorageRetryAfter),
            // What was asked for holds U+0000, which is in no text there.
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
                Problems.Status(StatusCodes.Status400BadRequest, "A text must not contain the character U+0000."),
            // What EF says of a query has the driver's own words inside.
            _ when exception is NpgsqlException || database.IsAway(exception) || database.IsAway(exception.GetBaseException()) =>
                Problems.Unavailable(httpContext.Response, $"{database.Name} is out of reach.", StorageRetryAfter),
            _ => Unexpected(httpContext, exception),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult Full(HttpContext context, OutboxUnavailableException exception)
    {
        Refusals.Count("records");
        return Problems.Unavailable(context.Response, exception.Message, exception.RetryAfter);
    }

    private ProblemHttpResult Bad(HttpContext context, BadHttpRequestException exception)
    {
        if (exception.StatusCode is StatusCodes.Status408RequestTimeout)
        {
            Refusals.Count("slow-body");
            // What is left of the body may never come.
            context.Response.Headers.Connection = "close";
        }

        if (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
            Refusals.Count("large-body");
        return BadRequests.Explain(exception, context.Features.Get<BodyLease>()?.Limit ?? settings.Http.MaxBodyBytes);
    }

    private ProblemHttpResult Unexpected(HttpContext context, Exception exception)
    {
        var trace = Activity.Current?.Id ?? context.TraceIdentifier;
        LogUnexpected(exception, context.Request.Method, context.Request.Path, trace);
        var problem = Problems.Status(StatusCodes.Status500InternalServerError, "Something went wrong here; the log has it under this traceId.");
        problem.ProblemDetails.Extensions["traceId"] = trace;
        return problem;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed, trace {Trace}")]
    private partial void LogUnexpected(Exception exception, string method, string path, string trace);
}

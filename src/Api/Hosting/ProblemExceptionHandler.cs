using System.Diagnostics;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

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
            BadHttpRequestException bad => BadRequests.Explain(bad, settings.Http.MaxBodyBytes),
            OutboxUnavailableException unavailable => Unavailable(httpContext, unavailable.Message, unavailable.RetryAfter),
            StorageUnavailableException or SqliteFailureException { IsStorageFailure: true } =>
                Unavailable(httpContext, exception.Message, StorageRetryAfter),
            // What EF says of a query has the driver's own words inside.
            _ when database.IsAway(exception) || database.IsAway(exception.GetBaseException()) =>
                Unavailable(httpContext, $"{database.Name} is out of reach.", StorageRetryAfter),
            _ => Unexpected(httpContext, exception),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult Unavailable(HttpContext context, string detail, TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString();
        return Problems.Status(StatusCodes.Status503ServiceUnavailable, detail);
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

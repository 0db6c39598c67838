using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Hosting;

/// <summary>Answers of RFC 9457, <c>application/problem+json</c> whatever the client accepts.</summary>
public static class Problems
{
    /// <summary>400 with what is wrong for each field, by its name as the client writes it (<c>[3].price</c>).</summary>
    public static ProblemHttpResult Validation(IReadOnlyDictionary<string, string[]> errors) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors.ToDictionary(StringComparer.Ordinal))
        {
            Status = StatusCodes.Status400BadRequest,
        });

    /// <summary>400 for one field.</summary>
    public static ProblemHttpResult Validation(string field, string error) =>
        Validation(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });

    /// <summary>A status from 400 to 599 with its standard title.</summary>
    public static ProblemHttpResult Status(int status, string? detail = null) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string detail) => Status(StatusCodes.Status404NotFound, detail);

    /// <summary>409.</summary>
    public static ProblemHttpResult Conflict(string detail) => Status(StatusCodes.Status409Conflict, detail);

    /// <summary>503 that says when to come back.</summary>
    internal static ProblemHttpResult Unavailable(HttpResponse response, string detail, TimeSpan retryAfter)
    {
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString();
        return Status(StatusCodes.Status503ServiceUnavailable, detail);
    }

    /// <summary>413 that names the limit in bytes.</summary>
    internal static ProblemHttpResult TooLarge(long maxBodyBytes) =>
        Status(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {maxBodyBytes} bytes.");

    /// <summary>Makes every error of the application, of binding and of routing a problem.</summary>
    internal static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();

        // Outside of development the reason of a 400 would be dropped.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Turns exceptions and empty error responses of what comes after into problems.</summary>
    internal static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Status(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }
}

using BusIngest.Api.Hosting;
using BusIngest.Api.Telemetry.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Limits;

/// <summary>Says no, and until when.</summary>
internal static class LimitRefusals
{
    /// <summary>The problem type that the draft of the headers registers.</summary>
    private const string QuotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    /// <summary>429.</summary>
    /// <param name="response">Gets Retry-After.</param>
    /// <param name="detail">Which limit it is.</param>
    /// <param name="policies">Those that are exceeded.</param>
    /// <param name="seconds">Until when to wait.</param>
    public static ProblemHttpResult Refuse(HttpResponse response, string detail, IEnumerable<LimitPolicy> policies, long seconds)
    {
        response.Headers.RetryAfter = seconds.ToString();
        return Refuse(StatusCodes.Status429TooManyRequests, detail, policies);
    }

    /// <summary>413: no wait helps.</summary>
    /// <param name="detail">Which limit it is.</param>
    /// <param name="policies">Those that it can never keep to.</param>
    public static ProblemHttpResult TooLarge(string detail, IEnumerable<LimitPolicy> policies) =>
        Refuse(StatusCodes.Status413PayloadTooLarge, detail, policies);

    private static ProblemHttpResult Refuse(int status, string detail, IEnumerable<LimitPolicy> policies)
    {
        Refusals.Count("limit");
        var problem = Problems.Status(status, detail);
        problem.ProblemDetails.Type = QuotaExceeded;
        problem.ProblemDetails.Extensions["violated-policies"] = policies.Select(policy => policy.Name).Distinct(StringComparer.Ordinal).ToArray();
        return problem;
    }
}

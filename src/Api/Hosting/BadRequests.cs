using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Hosting;

/// <summary>Says what was wrong with a request that could not be read, naming the field and no types of ours.</summary>
internal static partial class BadRequests
{
    /// <summary>The problem of an exception of Kestrel's or of parameter binding.</summary>
    public static ProblemHttpResult Explain(BadHttpRequestException exception, long maxBodyBytes) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge(maxBodyBytes),
        { InnerException: JsonException json } => Json(json),
        _ when UnboundParameter().Match(exception.Message) is { Success: true } unbound =>
            Problems.Validation(unbound.Groups["name"].Value, $"'{unbound.Groups["value"].Value}' can't be read"),
        _ when MissingParameter().Match(exception.Message) is { Success: true } missing =>
            Problems.Validation(missing.Groups["name"].Value, "is required"),
        _ when exception.Message.StartsWith("Implicit body", StringComparison.Ordinal) => Problems.Status(exception.StatusCode, "A JSON body is required."),
        _ => Problems.Status(exception.StatusCode, exception.Message),
    };

    private static ProblemHttpResult Json(JsonException exception)
    {
        var field = exception.Path is null or "$" ? "$" : exception.Path.TrimStart('$').TrimStart('.');
        return Problems.Validation(field, $"is not valid JSON, or not of the expected type (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
    }

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex UnboundParameter();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\w+)" was not provided""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingParameter();
}

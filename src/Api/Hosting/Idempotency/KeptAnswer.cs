using BusIngest.Bus.Idempotency;

namespace BusIngest.Api.Hosting;

/// <summary>Keeps answers as they were given, and gives them again.</summary>
internal static class KeptAnswer
{
    private const string Replayed = "Idempotent-Replayed";
    private static readonly string[] Kept = ["Content-Type", "Location", "ETag"];

    /// <summary>What is to be kept of an answer.</summary>
    public static IdempotentAnswer Of(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        body,
        string.Join('\n', Kept.Where(response.Headers.ContainsKey).Select(name => $"{name}: {response.Headers[name]}")));

    /// <summary>Gives it again.</summary>
    public static async Task GiveAgainAsync(this HttpResponse response, IdempotentAnswer answer)
    {
        response.StatusCode = answer.Status;
        foreach (var line in (answer.Head ?? "Content-Type: application/json; charset=utf-8").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            response.Headers[line[..colon]] = line[(colon + 2)..];
        }

        response.Headers[Replayed] = "true";
        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }
}

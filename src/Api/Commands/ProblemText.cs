using System.Text.Json;

namespace BusIngest.Api.Commands;

/// <summary>What a problem document says, in one line.</summary>
internal static class ProblemText
{
    /// <summary>Reads its detail, or its errors by field.</summary>
    /// <returns>Null when it is none.</returns>
    public static async Task<string?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var problem = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return problem.RootElement.ValueKind is not JsonValueKind.Object ? null : Explain(problem.RootElement);
        }
        catch (JsonException)
        {
            // A proxy's page, say; the status tells enough.
            return null;
        }
    }

    private static JsonElement First(JsonElement messages) =>
        messages.ValueKind is JsonValueKind.Array ? messages.EnumerateArray().FirstOrDefault() : messages;

    private static string? Explain(JsonElement problem)
    {
        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Object)
            return CommandOutcome.OneLine(string.Join("; ", errors.EnumerateObject().Select(error => $"{error.Name} {First(error.Value)}")));
        return problem.TryGetProperty("detail", out var detail) ? TimerText.Printable(detail.ToString()) : null;
    }
}

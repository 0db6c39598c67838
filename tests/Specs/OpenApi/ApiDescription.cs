using System.Text.Json;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.OpenApi;

/// <summary>The routes that the OpenAPI document lists.</summary>
internal static class ApiDescription
{
    /// <summary>Reads them as `GET /cars/{id}`.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="apiKey">Who asks; null: nobody in particular.</param>
    public static async Task<IReadOnlyList<string>> RoutesAsync(RunningService service, string? apiKey = null)
    {
        var document = await ReadAsync(service, apiKey);
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(
            path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))];
    }

    /// <summary>The whole document.</summary>
    public static async Task<JsonElement> ReadAsync(RunningService service, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "openapi/v1.json");
        if (apiKey is not null)
            request.Headers.Add("X-API-Key", apiKey);
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

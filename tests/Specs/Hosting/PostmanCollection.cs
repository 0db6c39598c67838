using System.Runtime.CompilerServices;
using System.Text.Json;

namespace BusIngest.Specs.Hosting;

/// <summary>docs/BusIngest.postman_collection.json.</summary>
internal static class PostmanCollection
{
    private static readonly string File =
        Path.GetFullPath("../../../docs/BusIngest.postman_collection.json", Path.GetDirectoryName(ThisFile())!);

    /// <summary>The whole collection.</summary>
    public static JsonElement Read() => JsonSerializer.Deserialize<JsonElement>(System.IO.File.ReadAllBytes(File));

    /// <summary>Its requests, from all folders, in their order.</summary>
    public static IReadOnlyList<JsonElement> Requests() => [.. Requests(Read())];

    /// <summary>A request's route as `GET /cars/{id}`.</summary>
    public static string Route(JsonElement item)
    {
        var request = item.GetProperty("request");
        var path = request.GetProperty("url").GetProperty("path").EnumerateArray()
            .Select(part => part.GetString()!)
            .Select(part => part.StartsWith(':') ? $"{{{part[1..]}}}" : part);
        return $"{request.GetProperty("method").GetString()} /{string.Join('/', path)}";
    }

    private static IEnumerable<JsonElement> Requests(JsonElement folder) => folder.GetProperty("item").EnumerateArray()
        .SelectMany(item => item.TryGetProperty("request", out _) ? [item] : Requests(item));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

using System.Text;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace BusIngest.Api.OpenApi;

/// <summary>What clients that are generated call an operation: `getCarsById` for `GET /cars/{id}`.</summary>
internal static class OperationIds
{
    private const string Version = "api/v1/";

    /// <summary>The id of a route.</summary>
    public static string Of(ApiDescription route)
    {
        var path = route.RelativePath?.Split('?')[0] ?? "";
        var id = new StringBuilder(route.HttpMethod?.ToLowerInvariant());
        foreach (var segment in (path.StartsWith(Version, StringComparison.Ordinal) ? path[Version.Length..] : path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment[0] == '{')
                id.Append("By");
            foreach (var word in segment.Trim('{', '}').Split('-'))
                id.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }

        return id.ToString();
    }
}

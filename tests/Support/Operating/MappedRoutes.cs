using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace BusIngest.Support.Operating;

/// <summary>What a program really serves, described or not: the whole OpenAPI document, and the pages.</summary>
public static partial class MappedRoutes
{
    /// <summary>Pages and files that no route is mapped for, and addresses that nothing is behind.</summary>
    private static readonly (string Method, string Path)[] Beside =
    [
        ("GET", "docs"), ("GET", "docs/index.html"), ("GET", "docs/swagger-ui.css"), ("GET", "docs/swagger-ui-bundle.js"), ("GET", "nowhere"),
        ("GET", "healthy"), ("POST", "healthy"), ("POST", "nowhere"), ("DELETE", "cars"), ("PUT", "_blazor"), ("POST", "_blazor/negotiate"),
    ];

    /// <summary>What a stranger needs to log in.</summary>
    private static readonly string[] Login = ["dashboard/login", "dashboard/logout", "dashboard/assets/{file}"];

    /// <summary>Every method of every route; health aside, which is open.</summary>
    /// <param name="endpoints">Those of the program.</param>
    /// <param name="known">What to put in place of parameters, by their names; others are new ids, which nothing has.</param>
    public static IReadOnlyList<MappedRoute> Of(EndpointDataSource endpoints, params IEnumerable<(string Name, string Value)> known)
    {
        var values = known.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        return
        [
            .. endpoints.Endpoints.OfType<RouteEndpoint>()
                .Select(endpoint => (Pattern: endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods))
                .Where(route => !IsHealth(route.Pattern) && !Login.Contains(route.Pattern, StringComparer.Ordinal))
                .SelectMany(route => (route.HttpMethods ?? ["GET"]).Select(method => new MappedRoute(method, Fill(route.Pattern, values), route.Pattern))),
            .. Beside.Select(other => new MappedRoute(other.Method, other.Path, other.Path)),
        ];
    }

    private static bool IsHealth(string pattern) =>
        string.Equals(pattern, "health", StringComparison.Ordinal) || pattern.StartsWith("health/", StringComparison.Ordinal);

    private static string Fill(string pattern, Dictionary<string, string> values)
    {
        var path = Parameter().Replace(pattern, match => match.Groups["name"].Value switch
        {
            "documentName" => "v1",
            var name => values.GetValueOrDefault(name) ?? $"{Guid.NewGuid()}",
        });
        // Or it would begin a run.
        return string.Equals(path, "pedidos/generate", StringComparison.Ordinal) ? $"{path}?quantity=0" : path;
    }

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}

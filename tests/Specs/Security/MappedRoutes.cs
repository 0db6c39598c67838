using System.Text.RegularExpressions;
using BusIngest.Specs.Processes;
using Microsoft.AspNetCore.Routing;

namespace BusIngest.Specs.Security;

/// <summary>What a program really serves, described or not.</summary>
internal static partial class MappedRoutes
{
    /// <summary>Pages and files that no route is mapped for, and addresses that nothing is behind.</summary>
    private static readonly (string Method, string Path)[] Beside =
    [
        ("GET", "docs"), ("GET", "docs/index.html"), ("GET", "docs/swagger-ui.css"), ("GET", "docs/swagger-ui-bundle.js"), ("GET", "nowhere"),
        ("GET", "healthy"), ("POST", "healthy"), ("POST", "nowhere"), ("DELETE", "cars"), ("PUT", "_blazor"), ("POST", "_blazor/negotiate"),
    ];

    /// <summary>What a stranger needs to log in.</summary>
    private static readonly string[] Login = ["dashboard/login", "dashboard/logout", "dashboard/assets/{file}"];

    /// <summary>Every method of every route, with something in place of its parameters; health aside, which is open.</summary>
    public static IReadOnlyList<(string Method, string Path, string Pattern)> Of(RunningService service) =>
    [
        .. service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Pattern: endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods))
            .Where(route => !IsHealth(route.Pattern) && !Login.Contains(route.Pattern, StringComparer.Ordinal))
            .SelectMany(route => (route.HttpMethods ?? ["GET"]).Select(method => (method, Fill(route.Pattern), route.Pattern))),
        .. Beside.Select(other => (other.Method, other.Path, other.Path)),
    ];

    private static bool IsHealth(string pattern) =>
        string.Equals(pattern, "health", StringComparison.Ordinal) || pattern.StartsWith("health/", StringComparison.Ordinal);

    private static string Fill(string pattern)
    {
        var path = Parameter().Replace(pattern, match => match.Value.StartsWith("{documentName", StringComparison.Ordinal) ? "v1" : $"{Guid.NewGuid()}");
        // Or it would begin a run.
        return string.Equals(path, "pedidos/generate", StringComparison.Ordinal) ? $"{path}?quantity=0" : path;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}

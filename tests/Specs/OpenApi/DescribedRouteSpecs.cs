using BusIngest.Specs.Hosting;
using Microsoft.AspNetCore.Routing;

namespace BusIngest.Specs.OpenApi;

/// <summary>The description against what is really mapped, so that no route of a workload is forgotten.</summary>
public sealed class DescribedRouteSpecs(SharedService shared) : IClassFixture<SharedService>
{
    /// <summary>Routes of the host itself, which are no part of the API.</summary>
    private static readonly string[] Own = ["/", "/dashboard", "/health", "/metrics", "/openapi"];

    [Fact]
    public async Task Should_describe_every_route()
    {
        var mapped = shared.Service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !IsOwn(Path(endpoint)))
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} {Path(endpoint)}"))
            .ToHashSet(StringComparer.Ordinal);
        var described = (await ApiDescription.RoutesAsync(shared.Service)).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(mapped);
        Assert.Empty(mapped.Except(described, StringComparer.Ordinal));
        Assert.Empty(described.Except(mapped, StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    private static string Path(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText?.Trim('/')}";

    private static bool IsOwn(string path) => Own.Any(own =>
        string.Equals(path, own, StringComparison.Ordinal) || (own.Length > 1 && path.StartsWith($"{own}/", StringComparison.Ordinal)));
}

using System.Text.RegularExpressions;
using BusIngest.Specs.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace BusIngest.Specs.Dashboard;

/// <summary>A page's buttons call routes of the API, and so do what it does, with its checks: these must be there.</summary>
public sealed partial class ActionSpecs(SharedService shared) : IClassFixture<SharedService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/dashboard/outbox", "POST /cars/seeder/stop")]
    [InlineData("/dashboard/orders", "POST /pedidos/generate")]
    [InlineData("/dashboard/orders", "POST /pedidos/cancel")]
    [InlineData("/dashboard/orders", "POST /pedidos/reset")]
    [InlineData("/dashboard/timers", "POST /api/v1/timer")]
    public async Task Should_call_a_route_that_is_there(string page, string expected)
    {
        var routes = shared.Service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var actions = Actions().Matches(await shared.Service.Http.GetStringAsync(page, Token)).Select(match => match.Groups["action"].Value).ToList();

        Assert.Contains(expected, actions, StringComparer.Ordinal);
        foreach (var action in actions)
            Assert.True(routes.Exists(route => Matches(route, action)), $"{page}: no route for {action}");
    }

    private static bool Matches(RouteEndpoint route, string action)
    {
        var (method, path) = (action.Split(' ')[0], action.Split(' ')[1].Split('?')[0]);
        return route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method, StringComparer.Ordinal) == true
            && new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!.Trim('/')), []).TryMatch(path, []);
    }

    [GeneratedRegex("data-send=\"(?<action>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Actions();
}

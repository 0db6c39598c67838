using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Hosting;

public sealed class BrowserGuardSpecs : Spec
{
    [Theory]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil.example:3000", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("192.0.2.1", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:3000", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:3000", HttpStatusCode.OK)]
    [InlineData("[::1]:3000", HttpStatusCode.OK)]
    public async Task Should_answer_local_names_only_when_no_key_is_asked_for(string host, HttpStatusCode expected)
    {
        var service = await StartAsync();

        Assert.Equal(expected, await SendAsync(service, HttpMethod.Get, ("Host", host)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_answer_any_name_when_somebody_said_who_may_come_in(bool anonymous)
    {
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(
            anonymous ? settings with { Anonymous = true } : settings with { ApiKeys = [new ApiKey("ann", "key")] }));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(service, HttpMethod.Get, ("Host", "cars.example"), ("X-API-Key", "key")));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    public async Task Should_refuse_writes_of_other_sites_pages(string header, string value)
    {
        var service = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(service, HttpMethod.Post, (header, value)));
        Assert.Equal(0, (await service.Cars.StatsAsync(Token)).Generated);
    }

    [Fact]
    public async Task Should_take_writes_of_its_own_pages_and_of_programs()
    {
        var service = await StartAsync();
        var own = service.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(service, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(service, HttpMethod.Post, ("Origin", own)));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(service, HttpMethod.Post, ("Sec-Fetch-Site", "same-origin"), ("Origin", own)));
    }

    [Theory]
    [InlineData("cars")]
    [InlineData("nowhere")]
    [InlineData("cars?limit=0")]
    [InlineData("health")]
    public async Task Should_set_security_headers(string route)
    {
        var service = await StartAsync();

        using var response = await service.Http.GetAsync(route, Token);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Should_let_a_page_use_only_what_comes_from_here()
    {
        var service = await StartAsync();
        using var response = await service.Http.GetAsync("docs/index.html", Token);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_have_data_kept_by_no_cache()
    {
        var service = await StartAsync();
        using var response = await service.Http.GetAsync("cars", Token);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

    private static async Task<HttpStatusCode> SendAsync(RunningService service, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "cars") { Content = method == HttpMethod.Post ? CarRequests.Body(CarText.Good) : null };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await service.Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}

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
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("cars.example", HttpStatusCode.OK)]
    [InlineData("CARS.example.:3000", HttpStatusCode.OK)]
    [InlineData("a.below.example", HttpStatusCode.OK)]
    [InlineData("below.example", HttpStatusCode.Forbidden)]
    [InlineData("public.example", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task Should_answer_its_own_names_whoever_may_come_in(string host, HttpStatusCode expected)
    {
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(settings with
        {
            Anonymous = true,
            Http = settings.Http with { AllowedHosts = ["cars.example", "*.below.example"], PublicUrl = new Uri("https://public.example") },
        }));

        Assert.Equal(expected, await SendAsync(service, HttpMethod.Get, ("Host", host)));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "")]
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
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(service, HttpMethod.Post, ("Sec-Fetch-Site", "none")));
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

    [Fact]
    public async Task Should_let_pages_of_named_origins_read_and_write()
    {
        const string Shop = "https://shop.example";
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(settings with
        {
            Http = settings.Http with { CorsOrigins = [Shop] },
            ApiKeys = [new ApiKey("ann", "key")],
        }));

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(service, HttpMethod.Post, ("Origin", Shop), ("Sec-Fetch-Site", "cross-site"), ("X-API-Key", "key")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(service, HttpMethod.Post, ("Origin", "https://evil.example"), ("X-API-Key", "key")));
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "cars");
        preflight.Headers.Add("Origin", Shop);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-api-key,content-type,idempotency-key");
        using var answer = await service.Http.SendAsync(preflight, Token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Shop, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("X-API-Key", string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
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

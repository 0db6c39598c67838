using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Api.Limits;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Security;

public sealed class ProxySpecs : Spec
{
    private const string Key = "the-key-of-ann";

    [Theory]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    [InlineData("192.0.2.0/24", HttpStatusCode.TooManyRequests)]
    public async Task Should_count_by_the_address_that_a_trusted_proxy_tells(string proxies, HttpStatusCode second)
    {
        var service = await StartAsync(new HttpSettings { Port = 0, TrustedProxies = [IPNetwork.Parse(proxies)] });

        Assert.Equal(HttpStatusCode.OK, await SummarizeAsync(service, "203.0.113.1"));
        Assert.Equal(second, await SummarizeAsync(service, "203.0.113.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SummarizeAsync(service, "203.0.113.1"));
    }

    [Fact]
    public async Task Should_give_secure_cookies_and_send_on_to_https_behind_a_proxy()
    {
        var service = await StartAsync(new HttpSettings
        {
            Port = 0, TrustedProxies = [IPNetwork.Parse("127.0.0.1/32")], PublicUrl = new Uri("https://ingest.example"),
        });

        using var login = new HttpRequestMessage(HttpMethod.Post, "dashboard/login") { Content = new FormUrlEncodedContent([KeyValuePair.Create("key", Key)]) };
        login.Headers.Add("X-Forwarded-Proto", "https");
        login.Headers.Add("X-Forwarded-For", "203.0.113.1");
        using var entered = await service.Http.SendAsync(login, Token);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-busingest-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);

        using var plain = new HttpRequestMessage(HttpMethod.Get, "cars?limit=1");
        plain.Headers.Add("X-Forwarded-Proto", "http");
        plain.Headers.Add("X-Forwarded-For", "203.0.113.1");
        plain.Headers.Host = "ingest.example";
        using var sent = await service.Http.SendAsync(plain, Token);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "https://ingest.example/cars?limit=1"), (sent.StatusCode, sent.Headers.Location?.ToString()));
    }

    private async Task<RunningService> StartAsync(HttpSettings http) => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with
    {
        Http = http,
        Limits = new LimitOptions { RequestsPerMinute = 1 },
        ApiKeys = [new ApiKey("ann", Key)],
    }));

    private static async Task<HttpStatusCode> SummarizeAsync(RunningService service, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "accounts/a/summary");
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Add("X-API-Key", Key);
        using var answer = await service.Http.SendAsync(request, Token);
        return answer.StatusCode;
    }
}

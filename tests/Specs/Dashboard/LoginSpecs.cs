using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Dashboard;

public sealed class LoginSpecs : Spec
{
    private const string Key = "the-key-of-ann";
    private const string ReaderKey = "the-key-of-the-reader";

    [Fact]
    public async Task Should_be_where_people_without_a_key_are_sent()
    {
        var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/orders");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");

        using var sent = await service.Http.SendAsync(request, Token);
        var page = await service.Http.GetStringAsync(sent.Headers.Location, Token);

        Assert.Equal((HttpStatusCode.Redirect, "/dashboard/login"), (sent.StatusCode, sent.Headers.Location?.ToString()));
        Assert.Contains("name=\"key\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_let_in_with_a_key_and_never_tell_it()
    {
        var service = await StartAsync();

        var cookie = await LogInAsync(service, Key);

        Assert.DoesNotContain(Key, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(service, HttpMethod.Get, "/dashboard/orders", cookie));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(service, HttpMethod.Get, "/pedidos", cookie));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(service, HttpMethod.Post, "/pedidos/queue/pause", cookie, fromPage: true));
    }

    [Fact]
    public async Task Should_not_let_other_pages_write()
    {
        var service = await StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(service, HttpMethod.Post, "/pedidos/queue/pause", await LogInAsync(service, Key)));
    }

    [Fact]
    public async Task Should_give_no_more_than_the_key_does()
    {
        var service = await StartAsync();
        var cookie = await LogInAsync(service, ReaderKey);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(service, HttpMethod.Get, "/", cookie));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(service, HttpMethod.Post, "/pedidos/reset", cookie, fromPage: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-guess")]
    [InlineData("ann")]
    public async Task Should_refuse_what_is_no_key(string key)
    {
        var service = await StartAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", key)]);

        using var answer = await service.Http.PostAsync("/dashboard/login", form, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Should_take_no_session_that_was_changed_or_is_over()
    {
        var service = await StartAsync();
        var value = (await LogInAsync(service, ReaderKey)).Split('=', 2)[1];
        var (end, name, signature) = (value.Split('.')[0], value.Split('.')[1], value.Split('.')[2]);

        foreach (var forged in new[] { $"{long.Parse(end) + 1}.{name}.{signature}", $"{end}.YW5u.{signature}", $"1.{name}.{signature}", $"{end}.{name}.", "..", "x" })
            Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(service, HttpMethod.Get, "/cars", $"busingest-session={forged}"));
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with
    {
        ApiKeys = [new ApiKey("reader", ReaderKey, AccessScopes.Read), new ApiKey("ann", Key)],
    }));

    private static async Task<string> LogInAsync(RunningService service, string key)
    {
        // One that keeps no cookies, so that each request has but those it is given.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", key)]);
        using var answer = await http.PostAsync(new Uri(service.Address, "/dashboard/login"), form, Token);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        return cookie.Split(';')[0];
    }

    private static async Task<HttpStatusCode> SendAsync(RunningService service, HttpMethod method, string path, string cookie, bool fromPage = false)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        if (fromPage)
            request.Headers.TryAddWithoutValidation("X-BusIngest", "page");
        using var response = await service.Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}

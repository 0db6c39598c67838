using System.Net;
using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Security;

public sealed class SessionSpecs : Spec
{
    private const string Key = "the-key-of-ann";

    [Fact]
    public async Task Should_end_at_logout_wherever_it_is_and_stay_ended()
    {
        string cookie, other;
        await using (var service = await RunningService.StartAsync(Settings()))
        {
            (cookie, other) = (await LogInAsync(service), await LogInAsync(service));
            Assert.NotEqual(cookie, other, StringComparer.Ordinal);
            using var stream = await OpenAsync(service, "dashboard/overview/live", cookie, HttpCompletionOption.ResponseHeadersRead);
            await using var events = await stream.Content.ReadAsStreamAsync(Token);

            using var left = await SendAsync(service, HttpMethod.Post, "dashboard/logout", cookie);

            Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
            // The stream ends with it.
            await Soon(events.CopyToAsync(Stream.Null, Token));
            Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(service, cookie));
            Assert.Equal(HttpStatusCode.OK, await LookAsync(service, other));
        }

        var again = Own(await RunningService.StartAsync(Settings()));
        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(again, cookie));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(again, other));
    }

    [Fact]
    public async Task Should_end_with_its_key()
    {
        string cookie;
        await using (var service = await RunningService.StartAsync(Settings()))
            cookie = await LogInAsync(service);

        var changed = Own(await RunningService.StartAsync(Settings() with { ApiKeys = [new ApiKey("ann", "another-key-of-ann")] }));

        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(changed, cookie));
    }

    [Fact]
    public async Task Should_be_signed_by_a_secret_of_its_own()
    {
        string cookie;
        await using (var service = await RunningService.StartAsync(Settings() with { SessionSecret = "the first secret of sessions" }))
            cookie = await LogInAsync(service);

        var other = Own(await RunningService.StartAsync(Settings() with { SessionSecret = "the second secret of sessions" }));

        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(other, cookie));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data", "key=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, "key=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "&&&=%ZZ%", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "key=a&key=b", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", "key=%FF%ZZ", HttpStatusCode.Unauthorized)]
    public async Task Should_refuse_logins_that_are_no_form(string? type, string body, HttpStatusCode expected)
    {
        var service = Own(await RunningService.StartAsync(Settings()));

        Assert.Equal(expected, await PostLoginAsync(service, type, body));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "ASPNETCORE_*"));
    }

    [Fact]
    public async Task Should_read_only_small_logins()
    {
        var service = Own(await RunningService.StartAsync(Settings()));

        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await PostLoginAsync(service, "application/x-www-form-urlencoded", $"key={new string('x', 5_000)}"));
    }

    [Fact]
    public async Task Should_make_an_address_wait_that_gave_many_wrong_keys()
    {
        var service = Own(await RunningService.StartAsync(Settings()));
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await PostLoginAsync(service, "application/x-www-form-urlencoded", $"key=guess{i}"));

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", Key)]);
        using var slowed = await service.Http.PostAsync("dashboard/login", form, Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
        Assert.InRange(slowed.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        // Who has a key already is not slowed.
        using var request = new HttpRequestMessage(HttpMethod.Get, "cars") { Headers = { { "X-API-Key", Key } } };
        using var served = await service.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    private Settings Settings() => RunningService.SettingsIn(Folder) with { ApiKeys = [new ApiKey("ann", Key)] };

    private static async Task<HttpStatusCode> PostLoginAsync(RunningService service, string? type, string body)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await service.Http.PostAsync("dashboard/login", content, Token);
        return answer.StatusCode;
    }

    private static async Task<string> LogInAsync(RunningService service)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", Key)]);
        using var answer = await http.PostAsync(new Uri(service.Address, "/dashboard/login"), form, Token);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> LookAsync(RunningService service, string cookie)
    {
        using var answer = await SendAsync(service, HttpMethod.Get, "cars", cookie);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(RunningService service, HttpMethod method, string path, string cookie) =>
        OpenAsync(service, path, cookie, HttpCompletionOption.ResponseContentRead, method);

    private static async Task<HttpResponseMessage> OpenAsync(
        RunningService service, string path, string cookie, HttpCompletionOption until, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await service.Http.SendAsync(request, until, Token);
    }
}

using System.Net;
using BusIngest.Support;

namespace BusIngest.Faults;

/// <summary>Keys are taken away while the program runs, by a change of their file.</summary>
public sealed class KeyFileTests : FaultTest
{
    private const string Kept = "q3Xk9ZLr0aB7cD2eF4gH6iJ8kL1mN3oP5qR7sT9uV1w";
    private const string Gone = "Zt5Yh8WmQ2nB4vC6xL9kJ1pR3sD7fG0aE5uI8oT2yM4";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData($"ann={Kept}")]
    [InlineData($"ann={Kept},bob:write={Gone}")]
    [InlineData($"ann={Kept},bob={Gone}x")]
    public async Task Should_end_sessions_and_streams_of_what_is_gone_and_no_others(string changed)
    {
        var installation = Install();
        var file = Path.Combine(installation.WorkingDirectory, "keys");
        await File.WriteAllTextAsync(file, $"ann={Kept},bob={Gone}", Token);
        var program = await installation.StartAsync(Token, ("BIND", "127.0.0.1"), ("AUTH_API_KEYS_FILE", file));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = program.Address };
        var (keptCookie, goneCookie) = (await LogInAsync(http, Kept), await LogInAsync(http, Gone));
        using var keptStream = await OpenAsync(http, "Cookie", keptCookie, "dashboard/overview/live");
        using var keptOrders = await OpenAsync(http, "X-API-Key", Kept, "pedidos/stream");
        using var goneStream = await OpenAsync(http, "Cookie", goneCookie, "dashboard/overview/live");
        using var goneOrders = await OpenAsync(http, "X-API-Key", Gone, "pedidos/stream");

        var kept = Task.WhenAny(ReadAsync(keptStream), ReadAsync(keptOrders));

        await File.WriteAllTextAsync(file, changed, Token);

        await Task.WhenAll(ReadAsync(goneStream), ReadAsync(goneOrders)).WaitAsync(Deadline, TimeProvider.System, Token);
        await Eventually.HoldsAsync(
            "The session is over", async _ => await LookAsync(http, "Cookie", goneCookie) is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, Deadline, Token);
        Assert.NotEqual(HttpStatusCode.OK, await LookAsync(http, "X-API-Key", Gone));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(http, "Cookie", keptCookie));
        Assert.False(kept.IsCompleted, "A stream of a key that was kept has ended");
    }

    private static async Task<string> LogInAsync(HttpClient http, string key)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", key)]);
        using var answer = await http.PostAsync("dashboard/login", form, Token);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, string header, string value, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private static async Task<HttpStatusCode> LookAsync(HttpClient http, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "cars");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    /// <summary>Reads a stream to its end.</summary>
    private static async Task ReadAsync(HttpResponseMessage stream) => await (await stream.Content.ReadAsStreamAsync(Token)).CopyToAsync(Stream.Null, Token);
}

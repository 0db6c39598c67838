using System.IO.Compression;
using System.Net;
using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Security;

namespace BusIngest.Specs.Hosting;

public sealed class BodySpecs : Spec
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task Should_unpack(string encoding)
    {
        var service = await StartAsync();

        using var answer = await PostAsync(service, "cars", Pack(CarText.Good, encoding), encoding);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(1, (await service.AtRestAsync()).Stored);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task Should_say_what_it_unpacks(string encoding)
    {
        var service = await StartAsync();

        using var answer = await PostAsync(service, "cars", Encoding.UTF8.GetBytes(CarText.Good), encoding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("gzip, br", answer.Headers.GetValues("Accept-Encoding").Single());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Should_unpack_no_more_than_a_route_takes_and_nothing_that_is_not_packed(string encoding)
    {
        var service = await StartAsync();
        using var bomb = await PostAsync(service, "cars", Pack(new string(' ', 11 << 20), encoding), encoding);
        using var small = await PostAsync(service, "sync/runs", Pack(new string(' ', 17 << 10), encoding), encoding);
        using var torn = await PostAsync(service, "cars", "no such thing"u8.ToArray(), encoding);

        Assert.Equal(
            [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest],
            new[] { bomb, small, torn }.Select(answer => answer.StatusCode));
    }

    [Theory]
    [InlineData("POST", "cars", """{"normalizedMake":"a","normalizedModel":"b","year":2000,"price":1,"location":"x"}""", HttpStatusCode.Accepted)]
    [InlineData("PUT", "cars/seeder", """{"intervalMs":30}""", HttpStatusCode.OK)]
    [InlineData("POST", "events", """{"events":[{"event_id":"e-1","account_id":"acme","user_id":"ann","type":"login","timestamp":"2026-01-31T12:00:00Z"}]}""", HttpStatusCode.Accepted)]
    [InlineData("POST", "api/v1/timer", """{"hours":1,"minutes":0,"seconds":0,"webhookUrl":"https://example.com/"}""", HttpStatusCode.Created)]
    [InlineData("POST", "sync/runs", """{"source":"none"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "messages/failed/1/retry", """{"payload":{}}""", HttpStatusCode.NotFound)]
    public async Task Should_pass_over_a_byte_order_mark(string method, string path, string json, HttpStatusCode expected)
    {
        var service = await StartAsync();
        foreach (var encoding in new[] { "identity", "gzip" })
        {
            using var answer = await PostAsync(service, path, Pack("\uFEFF" + json, encoding), encoding, method);
            Assert.Equal(expected, answer.StatusCode);
            Assert.DoesNotContain("JSON", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pedidos/generate", """{"quantity":3}""", "quantity")]
    [InlineData("pedidos/cancel", """{"purge":false}""", "purge")]
    [InlineData("outbox/close", "[]", "$")]
    [InlineData("pedidos/queue/pause", "pause", "$")]
    public async Task Should_not_ignore_a_body_where_none_is_read(string path, string body, string field)
    {
        var service = await StartAsync();
        using var answer = await PostAsync(service, path, Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\":[", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var empty = await PostAsync(service, "pedidos/queue/resume", "{}"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);
    }

    [Theory]
    [InlineData("cars?limit=1&limit=2", "limit")]
    [InlineData("pedidos/orders?status=pendente&STATUS=falhou", "status")]
    public async Task Should_refuse_a_query_that_says_a_thing_twice(string path, string field)
    {
        var service = await StartAsync();
        using var answer = await service.Http.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\":[", await answer.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_take_from_a_small_object_no_more_than_it_needs()
    {
        var service = await StartAsync();
        using var large = await PostAsync(service, "cars/seeder", Encoding.ASCII.GetBytes("""{"intervalMs":30}""".PadRight(17 << 10)), method: "PUT");
        using var small = await PostAsync(service, "cars/seeder", Encoding.ASCII.GetBytes("""{"intervalMs":30}""".PadRight(16 << 10)), method: "PUT");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.OK), (large.StatusCode, small.StatusCode));
        Assert.Contains("16384", await large.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_have_no_more_bodies_in_hand_than_there_is_room_for()
    {
        var service = await StartAsync(new HttpSettings { Port = 0, MaxBodiesBytes = 1 << 20 });
        using var held = await RawConnection.OpenAsync(service);
        await held.SendAsync($"POST /cars HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{new string(' ', 900_000)}");
        // Or the two race for the room, and it may be this one that is refused.
        await UntilAsync("It is in hand", () => service.Get<BodyBudget>().Taken >= 900_000);

        using (var refused = await PostAsync(service, "cars", Encoding.ASCII.GetBytes(CarText.Good.PadRight(500_000))))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        held.Dispose();

        await UntilAsync("There is room again", async _ =>
        {
            using var answer = await PostAsync(service, "cars", Encoding.ASCII.GetBytes(CarText.Good.PadRight(500_000)));
            return answer.StatusCode == HttpStatusCode.Accepted;
        });
    }

    [Fact]
    public async Task Should_not_wait_for_a_body_for_ever()
    {
        var service = await StartAsync(new HttpSettings { Port = 0, BodyTimeout = TimeSpan.FromSeconds(1) });
        using var slow = await RawConnection.OpenAsync(service);
        await slow.SendAsync("POST /cars HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n[");

        Assert.StartsWith("HTTP/1.1 408", await Soon(slow.ReadAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("health/ready")]
    [InlineData("")]
    [InlineData("docs/index.html")]
    [InlineData("metrics")]
    [InlineData("openapi/v1.json")]
    [InlineData("cars")]
    [InlineData("cars?limit=0")]
    [InlineData("cars/none")]
    [InlineData("nowhere")]
    [InlineData("pedidos/generate")]
    [InlineData("pedidos/stream")]
    [InlineData("dashboard/overview/live")]
    [InlineData("accounts/a/summary")]
    public async Task Should_answer_head_as_get_without_a_body(string path)
    {
        var service = await StartAsync();
        using var get = await service.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Token);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await Soon(service.Http.SendAsync(request, Token));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    private async Task<RunningService> StartAsync(HttpSettings? http = null) =>
        Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Http = http ?? new HttpSettings { Port = 0 } }));

    private static async Task<HttpResponseMessage> PostAsync(
        RunningService service, string path, byte[] body, string? encoding = null, string method = "POST")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await service.Http.SendAsync(request, Token);
    }

    private static byte[] Pack(string text, string encoding)
    {
        using var packed = new MemoryStream();
        Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => packed,
        };
        packing.Write(Encoding.UTF8.GetBytes(text));
        if (packing != packed)
            packing.Dispose();
        return packed.ToArray();
    }
}

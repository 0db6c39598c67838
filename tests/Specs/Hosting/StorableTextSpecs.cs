using System.Net;
using BusIngest.Contracts;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Hosting;

/// <summary>Texts that one database takes and the other does not are refused everywhere, by one rule.</summary>
public sealed class StorableTextSpecs : Spec
{
    private const string Event = """{"events":[{"event_id":"EVENT","account_id":"ACCOUNT","user_id":"USER","type":"login","timestamp":"2026-01-31T12:00:00Z","metadata":{"a":"META"}}]}""";

    [Fact]
    public void Should_tell_a_text_that_every_database_takes()
    {
        // Not as the test's data: half a surrogate pair would come here as another character.
        Assert.All(new[] { "", "plain", "\U0001F697 and \u20AC", "\U0001F697\U0001F697" }, text => Assert.Null(StorableText.Check(text)));
        Assert.All(new[] { "\0", "a\0b", "\U0001F697\0" }, text => Assert.Equal(StorableText.HasNul, StorableText.Check(text)));
        Assert.All(
            new[] { "\uD83D", "\uDE97 x", "\uD83D\uD83D\uDE97", "\U0001F697\uDE97", "x\uD83D" }, text => Assert.Equal(StorableText.IsNoUnicode, StorableText.Check(text)));
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00")]
    public async Task Should_refuse_it_in_every_text_field_and_name_that(string escape)
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        var bad = $"a{escape}b";
        foreach (var (method, route, body, field) in Bodies(bad))
        {
            using var content = CarRequests.Body(body);
            var answer = await service.Cars.SendAsync(new HttpMethod(method), route, content, Token);
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{method} {route} {body}: {answer.Status}");
            Assert.Equal("application/problem+json", answer.MediaType);
            Assert.Contains(answer.ErrorNames(), name => name.Contains(field, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Should_refuse_it_in_queries_and_name_the_field()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        foreach (var route in new[]
        {
            "cars?make=", "cars?model=", "cars?location=", "pedidos/orders?status=", "api/v1/timers?status=", "sync/runs?source=", "sync/events?type=",
            "sync/events?userId=", "sync/events?source=", "sync/events/count?source=", "messages/failed?type=", "sagas/timer?state=",
        })
        {
            var answer = await service.Cars.SendAsync(HttpMethod.Get, $"{route}a%00b", null, Token);
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{route}: {answer.Status}");
            Assert.Contains(route[(route.IndexOf('?', StringComparison.Ordinal) + 1)..^1], answer.ErrorNames(), StringComparer.Ordinal);
        }
    }

    private static IEnumerable<(string Method, string Route, string Body, string Field)> Bodies(string bad)
    {
        foreach (var field in new[] { "normalizedMake", "normalizedModel", "location" })
            yield return ("POST", "cars", CarText.With(field, $"\"{bad}\""), field);
        yield return ("POST", "api/v1/timer", $$"""{"hours":0,"minutes":0,"seconds":1,"webhookUrl":"http://example.com/{{bad}}"}""", "webhookUrl");
        yield return ("POST", "events", Event.Replace("EVENT", bad, StringComparison.Ordinal), "event_id");
        yield return ("POST", "events", Event.Replace("ACCOUNT", bad, StringComparison.Ordinal), "account_id");
        yield return ("POST", "events", Event.Replace("USER", bad, StringComparison.Ordinal), "user_id");
        yield return ("POST", "events", Event.Replace("META", bad, StringComparison.Ordinal), "metadata");
        foreach (var field in new[] { "source", "baseUrl", "apiKey", "path", "dataPath", "authHeader" })
            yield return ("POST", "sync/runs", $$"""{"{{(field is "source" ? "ignored" : field is "baseUrl" ? "ignored" : "baseUrl")}}":"http://127.0.0.1:9","{{field}}":"{{bad}}"}""", field);
        yield return ("POST", $"messages/failed/{Guid.Empty}/retry", $$"""{"payload":[{"a":["x","{{bad}}"]}]}""", "payload[0].a[1]");
    }
}

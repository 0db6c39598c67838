using System.Net;
using BusIngest.Specs.Hosting;

namespace BusIngest.Specs.Timers.Api;

/// <summary>What is refused before anything is asked of a saga.</summary>
public sealed class TimerErrorSpecs(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("", "hours,minutes,seconds,webhookUrl")]
    [InlineData("{}", "hours,minutes,seconds,webhookUrl")]
    [InlineData("nonsense", "$")]
    [InlineData("""{"hours":1.5,"minutes":60,"seconds":-1,"webhookUrl":"ftp://example.com"}""", "hours,minutes,seconds,webhookUrl")]
    [InlineData("""{"hours":0,"minutes":0,"seconds":5,"webhookUrl":"http://[::ffff:10.0.0.1]"}""", "webhookUrl")]
    public async Task Should_name_what_is_wrong_with_a_body(string body, string fields)
    {
        var answer = await shared.Service.PostTimerAsync(body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(fields.Split(','), answer.ErrorNames().Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_name_what_is_wrong_when_there_is_no_body()
    {
        var answer = await shared.Service.AskAsync("POST", "timer");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("webhookUrl", answer.ErrorNames(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("after=nonsense", "after")]
    [InlineData("status=", "status")]
    [InlineData("status=scheduled", "status")]
    [InlineData("status=Scheduled&status=Failed", "status")]
    [InlineData("status=Lost&limit=x&after=5", "after,limit,status")]
    public async Task Should_name_what_is_wrong_with_a_query(string query, string fields)
    {
        var answer = await shared.Service.AskAsync("GET", $"timers?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(fields.Split(','), answer.ErrorNames().Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_name_the_statuses_that_there_are()
    {
        var answer = await shared.Service.AskAsync("GET", "timers?status=Lost");

        Assert.Contains("Scheduled, Running, Finished, Failed, Cancelled", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "timer/nonsense")]
    [InlineData("DELETE", "timer/nonsense")]
    [InlineData("GET", "timer/nonsense/attempts")]
    [InlineData("POST", "timer/nonsense/redeliver")]
    public async Task Should_not_find_what_is_no_id(string method, string route)
    {
        var answer = await shared.Service.AskAsync(method, route);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }
}

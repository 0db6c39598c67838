using System.Net;
using BusIngest.Specs.Hosting;

namespace BusIngest.Specs.Dashboard;

public sealed class PageSpecs(SharedService shared) : IClassFixture<SharedService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "Overview")]
    [InlineData("/dashboard/overview", "Overview")]
    [InlineData("/dashboard/outbox", "Outbox")]
    [InlineData("/dashboard/orders", "Orders")]
    [InlineData("/dashboard/timers", "Timers")]
    [InlineData("/dashboard/timers?state=Failed&after=MTI", "Timers")]
    [InlineData("/dashboard/timers?id=01a1ff15-c47c-74ce-9825-2f35fac519e8", "Timers")]
    [InlineData("/dashboard/sync", "Sync")]
    [InlineData("/dashboard/events", "Events")]
    [InlineData("/dashboard/events?account=nobody&window=last_7d", "Events")]
    [InlineData("/dashboard/events?account=a%2Fb&window=nonsense", "Events")]
    [InlineData("/dashboard/events?account=nobody&from=2026-01-31T00:00:00Z", "Events")]
    [InlineData("/dashboard/failed", "Failed messages")]
    [InlineData("/dashboard/sagas", "Sagas")]
    [InlineData("/dashboard/sagas?kind=order-run", "Sagas")]
    [InlineData("/dashboard/sagas?kind=timer&state=Running", "Sagas")]
    [InlineData("/dashboard/sagas?kind=nonsense&state=nonsense&after=nonsense&id=nonsense", "Sagas")]
    [InlineData("/dashboard/logs?level=errors", "Logs")]
    public async Task Should_be_rendered_whole(string path, string title)
    {
        using var answer = await shared.Service.Http.GetAsync(path, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"<title>{title} ", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dashboard/orders")]
    public async Task Should_need_nothing_from_elsewhere(string path)
    {
        var text = await shared.Service.Http.GetStringAsync(path, Token);

        Assert.DoesNotContain("src=\"http", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"http", text, StringComparison.OrdinalIgnoreCase);
        // A strict content security policy forbids both.
        Assert.DoesNotContain(" style=", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_have_every_file_that_it_names()
    {
        var text = await shared.Service.Http.GetStringAsync("/", Token);
        var files = text.Split('"').Where(part => part.StartsWith("/dashboard/assets/", StringComparison.Ordinal)).ToList();

        Assert.InRange(files.Count, 4, 10);
        foreach (var file in files)
        {
            using var answer = await shared.Service.Http.GetAsync(file, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl?.Public);
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Theory]
    [InlineData("/dashboard/nowhere")]
    [InlineData("/dashboard/nowhere/live")]
    [InlineData("/dashboard/assets/nothing.css")]
    public async Task Should_not_be_found_under_other_names(string path)
    {
        using var answer = await shared.Service.Http.GetAsync(path, Token);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}

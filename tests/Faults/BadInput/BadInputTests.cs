using System.Net.Http.Headers;
using BusIngest.Support;
using BusIngest.Support.Cars;

namespace BusIngest.Faults.BadInput;

/// <summary>Bad input on every route: refused as a problem that names the field, and nothing is half done.</summary>
public sealed class BadInputTests(ServedProgram program) : IClassFixture<ServedProgram>
{
    private const int TooLarge = 11 * 1024 * 1024;
    private static readonly TimeSpan RestDeadline = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, BadRequest> Requests = BadFields.All()
        .Concat(BadBodies.All())
        .Concat(BadQueries.All())
        .ToDictionary(static request => request.Name, StringComparer.Ordinal);

    /// <summary>The names of all requests that have to be refused.</summary>
    public static TheoryData<string> Names { get; } = [.. Requests.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_refuse(string name)
    {
        var request = Requests[name];
        var before = await AcceptedAsync();
        using var content = request.Body is { } body ? new ByteArrayContent(body) : null;
        if (content is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);

        var answer = await program.Installation.Api.SendAsync(request.Method, request.Route, content, Token);

        Assert.True(request.Statuses.Contains((int)answer.Status), $"{(int)answer.Status} {answer.Text}");
        Problem.Check(answer);
        if (request.Blamed.Count > 0)
        {
            Assert.True(
                answer.ErrorNames().Any(field => request.Blamed.All(part => field.Contains(part, StringComparison.OrdinalIgnoreCase))),
                $"No error names {string.Join(" and ", request.Blamed)}: {answer.Text}");
        }

        Assert.Equal(before, await AcceptedAsync());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Should_refuse_11_megabytes(bool waitsForLeave, bool chunked)
    {
        var before = await AcceptedAsync();
        using var content = new ByteArrayContent(CarText.Good.PadLeft(TooLarge).Select(static c => (byte)c).ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(10) });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(program.Installation.Address!, "cars")) { Content = content };
        request.Headers.ExpectContinue = waitsForLeave;
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await http.SendAsync(request, Token);
        var answer = await ApiAnswer.ReadAsync(response, Token);

        Assert.Equal(413, (int)answer.Status);
        Problem.Check(answer);
        Assert.Equal(before, await AcceptedAsync());
    }

    // Cars count as generated from the moment that they are accepted.
    private async Task<(long Generated, long Rows)> AcceptedAsync()
    {
        var stats = await Eventually.BecomesAsync("All is at rest", program.Installation.Api.StatsAsync, static s => s.AtRest, RestDeadline, Token);
        return (stats.Generated, program.Installation.StoredCars.Count());
    }
}

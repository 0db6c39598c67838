using System.Net.Http.Headers;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.BadInput;

/// <summary>Bad input on the timers' routes: refused as a problem that names the field, and nothing is scheduled.</summary>
public sealed class BadTimerTests(ServedProgram program) : IClassFixture<ServedProgram>
{
    private static readonly Dictionary<string, BadRequest> Requests =
        BadTimers.All().ToDictionary(static request => request.Name, StringComparer.Ordinal);

    /// <summary>The names of all requests that have to be refused.</summary>
    public static TheoryData<string> Names { get; } = [.. Requests.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_refuse_and_schedule_nothing(string name)
    {
        var request = Requests[name];
        var timers = new TimersApi(program.Installation.Api, new TimerLedger());
        var before = await timers.CountSagasAsync(Token);
        using var content = request.Body is { } body ? new ByteArrayContent(body) : null;
        if (content is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);

        var answer = await program.Installation.Api.SendAsync(request.Method, request.Route, content, Token);

        Assert.True(request.Statuses.Contains((int)answer.Status), $"{(int)answer.Status} {answer.Text}");
        Problem.Check(answer);
        Assert.True(
            request.Blamed.Count == 0 || answer.ErrorNames().Any(field => request.Blamed.All(part => field.Contains(part, StringComparison.OrdinalIgnoreCase))),
            $"No error names {string.Join(" and ", request.Blamed)}: {answer.Text}");
        Assert.Equal(0, (await program.Installation.Api.GetAsync("outbox", Token)).GetProperty("parked").GetInt64());
        Assert.Equal(before, await timers.CountSagasAsync(Token));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BusIngest.Support;

namespace BusIngest.Faults.BadInput;

/// <summary>Input that is just good enough: accepted and stored, so that the refusals are not too many.</summary>
public sealed class BoundaryTests(ServedProgram program) : IClassFixture<ServedProgram>
{
    private static readonly string Hundred = new('x', 100);

    private static readonly Dictionary<string, (string Body, int Stored)> Requests = new(StringComparer.Ordinal)
    {
        ["the first year"] = (CarText.With("year", "1886"), 1),
        ["next year"] = (CarText.With("year", $"{TimeProvider.System.GetUtcNow().Year + 1}"), 1),
        ["the least price"] = (CarText.With("price", "0.01"), 1),
        ["the highest price"] = (CarText.With("price", "100000000"), 1),
        ["a price in exponents"] = (CarText.With("price", "4.5e3"), 1),
        ["texts of one character"] = (CarText.With("location", "\"x\""), 1),
        ["texts of 100 characters"] = (CarText.With("location", $"\"{Hundred}\""), 1),
        ["escapes"] = (CarText.With("location", "\"\\ud83d\\ude97 \\u00e5\\n\\\"\""), 1),
        ["a field nobody knows"] = (CarText.With("colour", "{\"rgb\":[1,2,3]}"), 1),
        ["an array of one"] = ($"[{CarText.Good}]", 1),
        ["the same id twice"] = (Twice("6f1c2a34-0000-4000-8000-000000000001"), 1),
        ["an id in capitals"] = (CarText.With("id", "\"6F1C2A34-AAAA-4000-8000-00000000000B\""), 1),
        ["white space around"] = ($" \r\n\t[ {CarText.Good} ]\n", 1),
        ["10,000 cars"] = ($"[{CarText.Many(10_000)}]", 10_000),
    };

    /// <summary>The names of all requests that have to be accepted.</summary>
    public static TheoryData<string> Names { get; } = [.. Requests.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_accept_and_store(string name)
    {
        var installation = program.Installation;
        var (body, stored) = Requests[name];
        var before = installation.StoredCars.Count();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await installation.Api.SendAsync(HttpMethod.Post, "cars", content, Token);

        Assert.True(answer.Status == HttpStatusCode.Accepted, $"{(int)answer.Status} {answer.Text}");
        await Eventually.BecomesAsync(
            "They are stored", _ => Task.FromResult(installation.StoredCars.Count() - before), n => n == stored, TimeSpan.FromSeconds(30), Token);
        var stats = await Eventually.BecomesAsync("All is at rest", installation.Api.StatsAsync, static s => s.AtRest, TimeSpan.FromSeconds(30), Token);
        Assert.True(stats is { AddsUp: true, Lost: 0, Duplicates: 0 } && stats.Stored == before + stored, stats.ToString());
    }

    private static string Twice(string id) => $"[{CarText.With("id", $"\"{id}\"")},{CarText.With("id", $"\"{id}\"")}]";
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Storage;
using BusIngest.Readings;
using BusIngest.Support.Programs;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Documents;

/// <summary>docs/add-a-workload.md is true: its code is that of tests/Readings, which is compiled into this project and runs here.</summary>
public sealed partial class WorkloadGuideSpecs : Spec
{
    private static readonly BusOptions Options = new() { Retry = new RetryOptions { Immediate = 1, Spaced = [] } };

    [Fact]
    public void Should_show_code_that_is_compiled_and_every_file_of_it()
    {
        var root = RepositoryRoot.Find();
        var files = Directory.GetFiles(Path.Combine(root, "tests", "Readings"), "*.cs").ToDictionary(path => Path.GetFileName(path), File.ReadAllText, StringComparer.Ordinal);
        var guide = File.ReadAllText(Path.Combine(root, "docs", "add-a-workload.md"));
        var blocks = Blocks().Matches(guide).Select(match => match.Groups["code"].Value).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(files.Values, text => text.Contains(block.Trim(), StringComparison.Ordinal)));
        Assert.All(files, file => Assert.Contains(blocks, block => file.Value.Contains(block.Trim(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_store_each_reading_once_and_keep_what_is_poison()
    {
        var app = Own(await ReadingsProgram.StartAsync(Path.Combine(Folder, "data"), Options));
        using var http = Client(app);
        Reading[] readings = [.. Enumerable.Range(0, 50).Select(i => new Reading(Guid.NewGuid(), $"m-{i % 2}", i, DateTimeOffset.UnixEpoch.AddSeconds(i)))];
        await app.Services.GetRequiredService<MainDatabase>().Writer.WriteAsync(1, session =>
        {
            session.Execute("CREATE TRIGGER poison BEFORE INSERT ON readings WHEN NEW.value = 7 BEGIN SELECT RAISE(ABORT, 'poison'); END");
            return 0;
        }, Token);

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(http, readings));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(http, readings[10..30]));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(http, []));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(http, [readings[0] with { Meter = "" }]));

        await UntilAsync("All but one are stored", async token => await CountAsync(http, "m-0", token) == 25 && await CountAsync(http, "m-1", token) == 24);
        await using var deliveries = app.Services.GetRequiredService<DeliveryContext>();
        var failed = await deliveries.FailedMessages.SingleAsync(Token);
        Assert.Equal((nameof(ReadingsTaken), "readings-store", 1), (failed.MessageType, failed.Endpoint, failed.Records));
    }

    [Fact]
    public async Task Should_lose_nothing_over_a_restart()
    {
        var reading = new Reading(Guid.NewGuid(), "m", 21.5, DateTimeOffset.UnixEpoch);
        var folder = Path.Combine(Folder, "data");
        await using (var first = await ReadingsProgram.StartAsync(folder, Options))
        {
            using var http = Client(first);
            Assert.Equal(HttpStatusCode.Accepted, await PostAsync(http, [reading]));
        }

        var app = Own(await ReadingsProgram.StartAsync(folder, Options));
        using var client = Client(app);
        await UntilAsync("It is stored", async token => await CountAsync(client, "m", token) == 1);
    }

    private static HttpClient Client(WebApplication app) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.First()) };

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, Reading[] readings)
    {
        using var answer = await http.PostAsJsonAsync("readings", readings, Token);
        return answer.StatusCode;
    }

    private static async Task<int> CountAsync(HttpClient http, string meter, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<JsonElement>($"meters/{meter}", cancellationToken)).GetArrayLength();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1_000)]
    private static partial Regex Blocks();
}

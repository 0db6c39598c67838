using System.Net;
using System.Text;
using System.Text.Json;
using BusIngest.Support;

namespace BusIngest.Faults.Sync;

/// <summary>A remote API that serves little and unpacks to much: it takes neither the process's memory nor its time, and its run ends.</summary>
public sealed class HostilePageTests : FaultTest
{
    private const long MostGrowth = 250L << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Should_bound_what_pages_cost()
    {
        await using var rejects = new HostileApi("{\"data\":[", "0,", 8_000_000, "0]}");
        await using var names = new HostileApi("{\"pagination\":{", $"\"{new string('n', 300)}\":1,", 150_000, "\"hasMore\":false},\"data\":[]}");
        await using var nests = new HostileApi("{\"pagination\":", $"{{\"{new string('n', 20)}\":", 2_000_000, "");
        await using var record = new HostileApi("{\"data\":[{\"id\":\"large\",\"timestamp\":1,\"parts\":[", $"\"{new string('x', 1_000)}\",", 20_000, "1]}],\"pagination\":{\"hasMore\":false}}");
        Log($"{rejects.Bytes}, {names.Bytes}, {nests.Bytes} and {record.Bytes} bytes on the wire");
        var installation = Install();
        await installation.StartAsync(Token, ("SYNC_ALLOWED_HOSTS", "127.0.0.1"), ("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"));

        // What any page of such a size takes is there before.
        Assert.Equal("Completed", State(await PullAsync(record)));
        var before = installation.Program.WorkingSet;
        var most = before;
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watching = WatchAsync();

        var refused = await PullAsync(rejects);
        Assert.Equal("Failed", State(refused));
        Assert.Contains("things that are no events", refused.GetProperty("lastError").GetString(), StringComparison.Ordinal);
        Assert.InRange(rejects.Requests, 2, 13);
        Assert.Equal("Completed", State(await PullAsync(names)));
        // It never ends, and is told to: then it does.
        var nested = await BeginAsync(nests);
        await Eventually.BecomesAsync("It was asked for", _ => Task.FromResult(nests.Requests), static requests => requests > 1, Deadline, Token);
        var cancelled = await installation.Api.SendAsync(HttpMethod.Post, $"sync/runs/{nested}/cancel", null, Token);
        Assert.Equal(HttpStatusCode.OK, cancelled.Status);

        await watched.CancelAsync();
        await watching;
        Log($"{before >> 20} MB before, {most >> 20} MB at most");
        Assert.True(most - before < MostGrowth, $"{(most - before) >> 20} MB more");

        async Task WatchAsync()
        {
            while (!watched.IsCancellationRequested)
            {
                most = Math.Max(most, installation.Program.WorkingSet);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, watched.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }

        async Task<Guid> BeginAsync(HostileApi api)
        {
            using var body = new StringContent($$"""{"baseUrl":"{{api.Url}}"}""", Encoding.UTF8, "application/json");
            var answer = await installation.Api.SendAsync(HttpMethod.Post, "sync/runs", body, Token);
            Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
            return answer.Json().GetProperty("runId").GetGuid();
        }

        async Task<JsonElement> PullAsync(HostileApi api)
        {
            var id = await BeginAsync(api);
            return await Eventually.BecomesAsync(
                "The run is over", token => installation.Api.GetAsync($"sync/runs/{id}", token), static run => State(run) is "Completed" or "Failed", Deadline, Token);
        }
    }

    private static string State(JsonElement run) => run.GetProperty("state").GetString()!;
}

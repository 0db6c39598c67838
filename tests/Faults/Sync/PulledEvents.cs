using System.Net;
using System.Text.Json;
using BusIngest.DataSyncSimulator;
using BusIngest.Support;
using BusIngest.Support.Cars;

namespace BusIngest.Faults.Sync;

/// <summary>Begins runs of the source `datasync`, and holds what was ingested against what was served.</summary>
internal sealed class PulledEvents(CarsApi api, Simulator simulator, int total)
{
    private const int PageOfEvents = 10_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Begins a run, once the program takes it.</summary>
    public async Task<Guid> BeginAsync(CancellationToken cancellationToken)
    {
        var answer = await Eventually.BecomesAsync(
            "A run begins", PostAsync, static answer => answer.Status == HttpStatusCode.Accepted, Deadline, cancellationToken);
        return answer.Json().GetProperty("runId").GetGuid();
    }

    /// <summary>Waits until the run has stored so many more pages, or all.</summary>
    public async Task PassAsync(Guid runId, int pages, CancellationToken cancellationToken)
    {
        var before = await Eventually.BecomesAsync(
            "The run can be read", token => PagesAsync(runId, token), static count => count >= 0, Deadline, cancellationToken);
        await Eventually.BecomesAsync(
            $"{pages} more pages are stored", token => PagesAsync(runId, token), count => count >= Math.Min(before + pages, long.MaxValue / 2), Deadline, cancellationToken);
    }

    /// <summary>Waits until the run is over, and checks that it is complete and every event stored once, as it was served.</summary>
    public async Task<JsonElement> VerifyAsync(Guid runId, CancellationToken cancellationToken)
    {
        var run = await Eventually.BecomesAsync(
            "The run is over",
            token => api.GetAsync($"sync/runs/{runId}", token),
            static run => run.GetProperty("state").GetString() is "Completed" or "Failed" or "Cancelled",
            Deadline,
            cancellationToken);
        Assert.Equal(("Completed", total), (run.GetProperty("state").GetString(), run.GetProperty("eventsStored").GetInt32()));

        var stored = await StoredAsync(cancellationToken);
        Assert.Equal(total, stored.Count);
        for (var i = 0; i < total; i++)
            Assert.Equal(simulator.Forge.Normalised(i), stored[simulator.Forge.Id(i).ToString()]);
        return run;
    }

    private async Task<Dictionary<string, string>> StoredAsync(CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var after = ""; after is not null;)
        {
            var page = await api.GetAsync($"sync/events?limit={PageOfEvents}{after}", cancellationToken);
            foreach (var item in page.GetProperty("events").EnumerateArray())
                Assert.True(stored.TryAdd(item.GetProperty("id").GetString()!, item.GetRawText()), "An event is stored twice");
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }

        return stored;
    }

    /// <summary>Pages stored; as many as can be when that is all.</summary>
    private async Task<long> PagesAsync(Guid runId, CancellationToken cancellationToken)
    {
        var run = await api.GetAsync($"sync/runs/{runId}", cancellationToken);
        return run.GetProperty("state").GetString() is "Completed" ? long.MaxValue / 2 : run.GetProperty("pages").GetInt64();
    }

    private async Task<ApiAnswer> PostAsync(CancellationToken cancellationToken)
    {
        using var body = new StringContent("""{"source":"datasync"}""");
        return await api.SendAsync(HttpMethod.Post, "sync/runs", body, cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using BusIngest.Api.Timers;

namespace BusIngest.Api.Commands.Bench;

/// <summary>Timers that are due in a year, and are cancelled before that: nobody is called.</summary>
/// <param name="client">Asks for them.</param>
/// <param name="run">What tells this run from others.</param>
/// <param name="connections">How many are cancelled at once.</param>
/// <param name="keeps">Whether they are not.</param>
/// <param name="time">The clock.</param>
internal sealed class TimerBench(BenchClient client, string run, int connections, bool keeps, TimeProvider time) : IBenchWorkload
{
    private const int LongestTimer = 512;
    private const int Page = 10_000;
    private const int Hours = 365 * 24;

    /// <summary>How far the service's clock may be from ours.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    private readonly string _webhookUrl = $"https://example.com/{run}";
    private readonly ConcurrentDictionary<Guid, bool> _mine = new();
    private DateTimeOffset _begun;
    private int _next;

    /// <inheritdoc />
    public string Route => "api/v1/timer";

    /// <inheritdoc />
    public string Records => "timers";

    /// <inheritdoc />
    public bool CanRepeat => false;

    /// <inheritdoc />
    public Task BeginAsync(CancellationToken cancellationToken)
    {
        _begun = time.GetUtcNow();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Draw(BenchRequest request, int records)
    {
        request.Numbers.Add(Interlocked.Increment(ref _next) - 1);
        Utf8.TryWrite(
            request.Body.GetSpan(LongestTimer),
            CultureInfo.InvariantCulture,
            $"{{\"hours\":{Hours},\"minutes\":0,\"seconds\":0,\"webhookUrl\":\"{_webhookUrl}\"}}",
            out var written);
        request.Body.Advance(written);
    }

    /// <inheritdoc />
    public void Accept(BenchRequest request, BenchAnswer answer)
    {
        if (JsonSerializer.Deserialize(answer.Content, TimerApiJson.Default.TimerAnswer) is { } created)
            _mine[created.Timer.TimerId] = true;
    }

    /// <inheritdoc />
    public void Lose(BenchRequest request)
    {
        // The listing knows it by its webhook, if it is there.
    }

    /// <inheritdoc />
    public async Task<BenchLedger> CompareAsync(BenchTally tally, BenchDrain drain, CancellationToken cancellationToken)
    {
        var stored = await drain.WaitAsync(token => CountAsync(tally.Records, token), tally.Records, cancellationToken);
        return BenchLedger.Of($"timers of {_webhookUrl}", tally.Records, tally.Unknown, stored);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> TidyAsync(CancellationToken cancellationToken)
    {
        if (keeps)
            return [];

        var left = 0;
        await Parallel.ForEachAsync(
            _mine.Keys,
            new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                if (!(await client.InsistAsync(HttpMethod.Delete, $"{Route}/{id}", token)).IsSuccess)
                    Interlocked.Increment(ref left);
            });
        return left == 0 ? [] : [$"{left:N0} of {_mine.Count:N0} timers of {_webhookUrl} could not be cancelled"];
    }

    /// <summary>Newest first, until all are found, or none can follow.</summary>
    private async Task<long> CountAsync(long wanted, CancellationToken cancellationToken)
    {
        var (found, after) = (0L, "");
        while (true)
        {
            var page = await client.GetAsync($"api/v1/timers?limit={Page}{after}", TimerApiJson.Default.TimerPage, cancellationToken);
            foreach (var timer in page.Timers.Where(timer => string.Equals(timer.WebhookUrl, _webhookUrl, StringComparison.Ordinal)))
            {
                found++;
                _mine[timer.TimerId] = true;
            }

            if (found >= wanted || page.Next is null || page.Timers.All(timer => timer.CreatedAt < _begun - ClockDifference))
                return found;
            after = $"&after={Uri.EscapeDataString(page.Next)}";
        }
    }
}

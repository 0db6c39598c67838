using System.Text.Json;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>Tells the other processes, over Redis, whose events were stored here. What can't be told they find out when what they keep is too old.</summary>
/// <param name="redis">Where to.</param>
/// <param name="time">The clock.</param>
/// <param name="supervisor">Runs it.</param>
internal sealed class SummaryNews(RedisScripts redis, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor, "summary-telling"), ISummaryInvalidation
{
    /// <summary>What is logged with the reason, once each time that Redis goes.</summary>
    public const string WhileAway = "Other processes do not hear at once that summaries change, as Redis does not help";

    /// <summary>The channel, for <see cref="RedisNews"/>.</summary>
    public const string Channel = "summaries";

    /// <summary>For longer than any summary is kept.</summary>
    private const long MarkMs = 120_000;

    private const int MostWaiting = 100_000;
    private const int AtOnce = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly RedisScript Tell = new("""
        for i, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
        redis.call('PUBLISH', ARGV[3], ARGV[4])
        return {}
        """);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _stirred = new(0, 1);

    /// <inheritdoc />
    public void Storing(IReadOnlyCollection<string> accountIds)
    {
        // Nothing has changed yet.
    }

    /// <inheritdoc />
    public void Stored(IReadOnlyCollection<string> accountIds)
    {
        lock (_gate)
        {
            if (_waiting.Count < MostWaiting)
                _waiting.UnionWith(accountIds);
            if (_stirred.CurrentCount == 0)
                _stirred.Release();
        }
    }

    /// <summary>The accounts of a message.</summary>
    public static string[] Read(string message) => JsonSerializer.Deserialize(message, SummaryJson.Default.StringArray) ?? [];

    /// <inheritdoc />
    public override void Dispose()
    {
        _stirred.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        while (true)
        {
            await _stirred.WaitAsync(stopping);
            foreach (var some in Take().Chunk(AtOnce))
            {
                if (!await TellAsync(some))
                    await Task.Delay(Pause, time, stopping);
            }
        }
    }

    private string[] Take()
    {
        lock (_gate)
        {
            string[] all = [.. _waiting];
            _waiting.Clear();
            return all;
        }
    }

    private async Task<bool> TellAsync(string[] accounts)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(accounts, SummaryJson.Default.StringArray);
        object[] arguments = [Guid.NewGuid().ToString("N"), MarkMs, RedisNews.ChannelName(Channel), message];
        return await redis.TryRunAsync(Tell, Array.ConvertAll(accounts, SharedSummaries.Mark), arguments, Patience) is not null;
    }
}

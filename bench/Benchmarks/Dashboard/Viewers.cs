namespace BusIngest.Bench.Benchmarks.Dashboard;

/// <summary>Clients of a live channel, each with a connection of its own.</summary>
internal sealed class Viewers : IAsyncDisposable
{
    private const string ViewBegins = "event: view";

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private Task _watching = Task.CompletedTask;
    private long _views;
    private long _bytes;

    private Viewers()
    {
    }

    /// <summary>Views that came, of all.</summary>
    public long Views => Volatile.Read(ref _views);

    /// <summary>Their bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Opens connections, and returns when every one has had its first view.</summary>
    /// <param name="channel">Server-sent events.</param>
    /// <param name="count">How many.</param>
    public static async Task<Viewers> OpenAsync(Uri channel, int count)
    {
        var viewers = new Viewers();
        var seen = Enumerable.Range(0, count).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        viewers._watching = Task.WhenAll(seen.Select(first => viewers.WatchAsync(channel, first)));
        await await Task.WhenAny(Task.WhenAll(seen.Select(first => first.Task)), viewers._watching);
        return viewers;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(Uri channel, TaskCompletionSource first)
    {
        try
        {
            await using var stream = await _http.GetStreamAsync(channel, _stop.Token);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                Interlocked.Add(ref _bytes, line.Length + 1);
                if (!line.StartsWith(ViewBegins, StringComparison.Ordinal))
                    continue;

                Interlocked.Increment(ref _views);
                first.TrySetResult();
            }

            throw new BenchException($"{channel} ended.");
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The window is over.
        }
    }
}

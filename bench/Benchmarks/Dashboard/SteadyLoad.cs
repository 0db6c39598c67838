using System.Text;

namespace BusIngest.Bench.Benchmarks.Dashboard;

/// <summary>Posts new events at one pace, whatever the program does: a load that is the same with viewers and without.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Batch = 20;
    private const int Accounts = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _posting;
    private long _events;

    private SteadyLoad(HttpClient http) => _posting = Task.Run(() => PostAsync(http));

    /// <summary>Starts posting.</summary>
    public static SteadyLoad Start(HttpClient http) => new(http);

    /// <summary>It posts.</summary>
    /// <exception cref="BenchException">It does not any more.</exception>
    public void Check()
    {
        if (_posting.IsCompleted || _events == 0)
            throw new BenchException($"The load has ended after {_events} events: {_posting.Exception?.GetBaseException().Message}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _posting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task PostAsync(HttpClient http)
    {
        using var timer = new PeriodicTimer(Pace, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            using var content = new StringContent(Body(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/events", content, _stop.Token);
            answer.EnsureSuccessStatusCode();
            _events += Batch;
        }
    }

    private string Body()
    {
        var now = TimeProvider.System.GetUtcNow();
        return $$"""{"events":[{{string.Join(',', Enumerable.Range(0, Batch).Select(place => Event(_events + place, now)))}}]}""";
    }

    private static string Event(long number, DateTimeOffset at) =>
        $$"""{"event_id":"e-{{number}}","account_id":"account-{{number * 7 % Accounts}}","user_id":"user-{{number % 100}}","type":"login","timestamp":"{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}"}""";
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BusIngest.Support.Cars;
using BusIngest.Support.Timers;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>Clients of every workload, and readers of every kind of page, who note what was acknowledged and what was not answered as it must be.</summary>
internal sealed class WalkLoad(CarsApi api, WebhookSink sink)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentQueue<string> _cars = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ConcurrentQueue<string> _timers = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _number;

    /// <summary>Makes of cars that were acknowledged, one each.</summary>
    public IReadOnlyCollection<string> Cars => _cars;

    /// <summary>Ids of events that were acknowledged.</summary>
    public IReadOnlyCollection<string> Events => _events;

    /// <summary>Names of webhooks whose timers were acknowledged.</summary>
    public IReadOnlyCollection<string> Timers => _timers;

    /// <summary>Answers that must not be: 500 and the like, other than 503.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Runs until stopped.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(
        RepeatAsync(CarAsync, stopping), RepeatAsync(EventAsync, stopping), RepeatAsync(TimerAsync, stopping), RepeatAsync(ActAsync, stopping), RepeatAsync(CancelAsync, stopping),
        RepeatAsync(ReadAsync, stopping));

    private static async Task RepeatAsync(Func<int, Task> step, CancellationToken stopping)
    {
        for (var turn = 0; !stopping.IsCancellationRequested; turn++)
        {
            await step(turn);
            await Task.Delay(Pace, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task CarAsync(int turn) => PostAsync(
        "cars", _cars, "walk", name => $$"""{"normalizedMake":"{{name}}","normalizedModel":"m","year":2020,"price":1,"location":"x"}""");

    private Task EventAsync(int turn) => PostAsync(
        "events",
        _events,
        "e",
        name => $$"""{"events":[{"event_id":"{{name}}","account_id":"walk","user_id":"ann","type":"login","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss}}Z"}]}""");

    private Task TimerAsync(int turn) => PostAsync(
        "api/v1/timer",
        _timers,
        "t",
        name => $$"""{"hours":0,"minutes":0,"seconds":1,"webhookUrl":"{{sink.Url(name, WebhookBehaviour.Prompt)}}"}""");

    /// <summary>A run of orders now and then, and everything that steers one or tries again.</summary>
    private async Task ActAsync(int turn)
    {
        if (WalkRoutes.Action(turn) is { } route)
            await SendAsync(HttpMethod.Post, route, null);
    }

    /// <summary>A run of a sync and a timer, each looked at and cancelled.</summary>
    private async Task CancelAsync(int turn)
    {
        if (turn % 20 != 0)
            return;

        if (await CreateAsync("sync/runs", WalkRoutes.SyncRun(sink), "runId") is { } run)
        {
            await SendAsync(HttpMethod.Get, $"sync/runs/{run}", null);
            foreach (var step in new[] { "pause", "resume", "cancel" })
                await SendAsync(HttpMethod.Post, $"sync/runs/{run}/{step}", null);
        }

        if (await CreateAsync("api/v1/timer", WalkRoutes.FarTimer(sink), "timerId") is { } timer)
        {
            await SendAsync(HttpMethod.Get, $"api/v1/timer/{timer}", null);
            await SendAsync(HttpMethod.Get, $"api/v1/timer/{timer}/attempts", null);
            await SendAsync(HttpMethod.Delete, $"api/v1/timer/{timer}", null);
        }
    }

    private Task ReadAsync(int turn) => SendAsync(HttpMethod.Get, WalkRoutes.Reads[turn % WalkRoutes.Reads.Count], null);

    /// <summary>Creates something.</summary>
    /// <returns>Its id; null when it was not accepted.</returns>
    private async Task<string?> CreateAsync(string route, string json, string id)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await SendAsync(HttpMethod.Post, route, content);
        return answer.Status is HttpStatusCode.Accepted or HttpStatusCode.Created
            ? Regex.Match(answer.Text, $"\"{id}\":\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["id"].Value
            : null;
    }

    private async Task PostAsync(string route, ConcurrentQueue<string> acknowledged, string prefix, Func<string, string> body)
    {
        var name = $"{prefix}-{Interlocked.Increment(ref _number)}";
        using var content = new StringContent(body(name), Encoding.UTF8, "application/json");
        if ((await SendAsync(HttpMethod.Post, route, content)).Status is HttpStatusCode.Accepted or HttpStatusCode.Created)
            acknowledged.Enqueue(name);
    }

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string route, HttpContent? body)
    {
        var answer = await api.SendAsync(method, route, body, CancellationToken.None);
        if ((int)answer.Status >= 500 && answer.Status != HttpStatusCode.ServiceUnavailable)
            _wrong.Enqueue($"{method} {route}: {(int)answer.Status} {answer.Text}");
        return answer;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using BusIngest.Support.Cars;
using BusIngest.Support.Timers;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>Clients of every workload, and readers of every kind of page, who note what was acknowledged and what was not answered as it must be.</summary>
internal sealed class WalkLoad(CarsApi api, WebhookSink sink)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private static readonly string[] Reads =
    [
        "cars?limit=5", "cars/stats", "pedidos", "pedidos/runs", "pedidos/health/queue", "api/v1/timer?limit=5", "accounts/walk/summary?window=last_24h",
        "messages/failed", "sagas", "outbox", "outbox/sessions", "sync/runs", "metrics", "health", "health/ready", "", "dashboard/orders", "dashboard/failed",
    ];

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
        RepeatAsync(CarAsync, stopping), RepeatAsync(EventAsync, stopping), RepeatAsync(TimerAsync, stopping), RepeatAsync(OrdersAsync, stopping), RepeatAsync(ReadAsync, stopping));

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

    /// <summary>A run now and then, and everything that steers one.</summary>
    private async Task OrdersAsync(int turn)
    {
        var route = (turn % 40) switch
        {
            0 => "pedidos/generate?quantity=600",
            15 => "pedidos/queue/pause",
            17 => "pedidos/queue/resume",
            25 => "pedidos/queue/recover-stuck",
            _ => null,
        };
        if (route is not null)
            await SendAsync(HttpMethod.Post, route, null);
    }

    private Task ReadAsync(int turn) => SendAsync(HttpMethod.Get, Reads[turn % Reads.Length], null);

    private async Task PostAsync(string route, ConcurrentQueue<string> acknowledged, string prefix, Func<string, string> body)
    {
        var name = $"{prefix}-{Interlocked.Increment(ref _number)}";
        using var content = new StringContent(body(name), Encoding.UTF8, "application/json");
        if (await SendAsync(HttpMethod.Post, route, content) is HttpStatusCode.Accepted or HttpStatusCode.Created)
            acknowledged.Enqueue(name);
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string route, HttpContent? body)
    {
        var answer = await api.SendAsync(method, route, body, CancellationToken.None);
        if ((int)answer.Status >= 500 && answer.Status != HttpStatusCode.ServiceUnavailable)
            _wrong.Enqueue($"{method} {route}: {(int)answer.Status} {answer.Text}");
        return answer.Status;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Support.Storage;

namespace BusIngest.Support.Events;

/// <summary>
/// Posts events over several connections until it is stopped, through kills and restarts, with repeats within batches, between them, and of
/// those whose outcome nobody knows. It keeps what was acknowledged.
/// </summary>
public sealed class EventPoster : IAsyncDisposable
{
    private const int Connections = 8;
    private const int MostEvents = 60;
    private static readonly TimeSpan WhileNobodyServes = TimeSpan.FromMilliseconds(10);

    private readonly Func<Uri?> _address;
    private readonly long _epochMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly ConcurrentDictionary<long, bool> _acknowledged = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Task _work;
    private long _sent;

    private EventPoster(Func<Uri?> address, Random random)
    {
        _address = address;
        Run = string.Create(CultureInfo.InvariantCulture, $"run{random.Next()}");
        var seeds = Enumerable.Range(0, Connections).Select(_ => random.Next()).ToList();
        _work = Task.WhenAll(seeds.Select(seed => Task.Run(() => PostUntilStoppedAsync(new Random(seed)))));
    }

    /// <summary>What the ids of its events begin with.</summary>
    public string Run { get; }

    /// <summary>How many events were acknowledged, each counted once.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>Starts posting.</summary>
    /// <param name="address">Where the program serves just now; null while it does not.</param>
    /// <param name="random">Draws ids and sizes.</param>
    public static EventPoster Start(Func<Uri?> address, Random random) => new(address, random);

    /// <summary>Returns when so many more events are acknowledged.</summary>
    public Task WaitForMoreAsync(int events, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var wanted = Acknowledged + events;
        return Eventually.BecomesAsync(
            $"{events} more events are acknowledged", _ => Task.FromResult(Acknowledged), count => count >= wanted, deadline, cancellationToken);
    }

    /// <summary>Sends nothing more, and returns when every request that was under way has its outcome.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <summary>Holds what is stored against what was acknowledged.</summary>
    /// <param name="stored">All rows.</param>
    /// <returns>What is wrong; null when all is stored once, and as it was sent, and nothing else is.</returns>
    public string? Check(IReadOnlyList<StoredEventRow> stored)
    {
        if (_violations.TryPeek(out var violation))
            return violation;

        var rows = new Dictionary<string, StoredEventRow>(StringComparer.Ordinal);
        foreach (var row in stored.Where(row => row.EventId.StartsWith(Run + "-", StringComparison.Ordinal)))
        {
            if (!rows.TryAdd(row.EventId, row))
                return $"{row.EventId} is stored twice";
            if (row != ClientEvent.Of(Run, _epochMs, long.Parse(row.EventId[(Run.Length + 1)..], CultureInfo.InvariantCulture)))
                return $"{row} was not sent so";
        }

        foreach (var number in _acknowledged.Keys)
        {
            if (!rows.ContainsKey($"{Run}-{number}"))
                return $"{Run}-{number} was acknowledged and is not stored; {rows.Count} events are, {Acknowledged} must be";
        }

        return null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task PostUntilStoppedAsync(Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            var pause = WhileNobodyServes;
            if (_address() is { } address)
            {
                await PostAsync(new Uri(address, "events"), Draw(random));
                pause = TimeSpan.FromMilliseconds(random.Next(4));
            }

            await Task.Delay(pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Every fifth event is one that was sent before, in this batch or another.</summary>
    private List<long> Draw(Random random)
    {
        var numbers = new List<long>();
        for (var count = random.Next(1, MostEvents + 1); numbers.Count < count;)
        {
            numbers.Add(random.Next(5) switch
            {
                0 when numbers.Count > 0 && random.Next(2) == 0 => numbers[random.Next(numbers.Count)],
                0 => random.NextInt64(Interlocked.Read(ref _sent) + 1),
                _ => Interlocked.Increment(ref _sent),
            });
        }

        return numbers;
    }

    private async Task PostAsync(Uri address, List<long> numbers)
    {
        using var content = new ByteArrayContent(ClientEvent.Body(numbers.Select(number => ClientEvent.Of(Run, _epochMs, number))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            // Not cancelled by a stop: an acknowledgement that is on its way shall be counted.
            using var answer = await _http.PostAsync(address, content, CancellationToken.None);
            if (answer.StatusCode == HttpStatusCode.Accepted)
                await TakeAsync(answer, numbers);
            else if (answer is not { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null })
                _violations.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Nobody knows whether these were accepted.
        }
    }

    private async Task TakeAsync(HttpResponseMessage answer, List<long> numbers)
    {
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
        if (accepted.GetProperty("queued").GetInt32() != numbers.Count)
            _violations.Enqueue($"{numbers.Count} events were posted: {accepted}");
        foreach (var number in numbers)
            _acknowledged[number] = true;
    }
}

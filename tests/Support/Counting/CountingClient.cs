using System.Net;
using System.Net.Http.Json;
using BusIngest.Support.Cars;

namespace BusIngest.Support.Counting;

/// <summary>Sends events to counters over several connections until it is stopped, through kills and restarts.</summary>
public sealed class CountingClient : IAsyncDisposable
{
    private const int Connections = 6;
    private const int MostEvents = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly Func<Uri?> _address;
    private readonly CountLedger _ledger;
    private readonly IReadOnlyList<Guid> _counters;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Task _work;

    private CountingClient(Func<Uri?> address, CountLedger ledger, IReadOnlyList<Guid> counters, Random random)
    {
        (_address, _ledger, _counters) = (address, ledger, counters);
        var seeds = Enumerable.Range(0, Connections).Select(_ => random.Next()).ToList();
        _work = Task.WhenAll(seeds.Select(seed => Task.Run(() => SendUntilStoppedAsync(new Random(seed)))));
    }

    /// <summary>Starts sending.</summary>
    /// <param name="address">Where the program serves just now; null while it does not.</param>
    /// <param name="ledger">Takes what comes back.</param>
    /// <param name="counters">Who counts.</param>
    /// <param name="random">Draws ids, counters and sizes.</param>
    public static CountingClient Start(Func<Uri?> address, CountLedger ledger, IReadOnlyList<Guid> counters, Random random) =>
        new(address, ledger, counters, random);

    /// <summary>Sends nothing more, and returns when every request that was under way has its outcome.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SendUntilStoppedAsync(Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_address() is { } address)
                await SendAsync(new Uri(address, "count"), Draw(random));
            await Task.Delay(Pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<CountEvent> Draw(Random random) => Enumerable.Range(0, random.Next(1, MostEvents + 1))
        .Select(_ => new CountEvent(_counters[random.Next(_counters.Count)], ClientCar.NewId(random)))
        .ToList();

    private async Task SendAsync(Uri address, List<CountEvent> events)
    {
        _ledger.Sending(events);
        try
        {
            using var answer = await _http.PostAsJsonAsync(address, events, CancellationToken.None);
            if (answer.StatusCode == HttpStatusCode.Accepted)
                _ledger.Acknowledge(events);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Nobody knows whether these were accepted.
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace BusIngest.Support.Cars;

/// <summary>Posts cars over several connections until it is stopped, through kills and restarts.</summary>
public sealed class PostingClient : IAsyncDisposable
{
    private const int MostTries = 10;
    private static readonly TimeSpan WhileNobodyServes = TimeSpan.FromMilliseconds(10);
    private readonly Func<Uri?> _address;
    private readonly Acknowledgements _acknowledgements;
    private readonly PostingOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Task _work;

    private PostingClient(Func<Uri?> address, Acknowledgements acknowledgements, PostingOptions options, Random random)
    {
        _address = address;
        _acknowledgements = acknowledgements;
        _options = options;
        var seeds = Enumerable.Range(0, options.Connections).Select(_ => random.Next()).ToList();
        _work = Task.WhenAll(seeds.Select(seed => Task.Run(() => PostUntilStoppedAsync(new Random(seed)))));
    }

    /// <summary>Starts posting.</summary>
    /// <param name="address">Where the program serves just now; null while it does not.</param>
    /// <param name="acknowledgements">Takes what comes back.</param>
    /// <param name="random">Draws ids and sizes.</param>
    /// <param name="options">How hard.</param>
    public static PostingClient Start(Func<Uri?> address, Acknowledgements acknowledgements, Random random, PostingOptions? options = null) =>
        new(address, acknowledgements, options ?? new PostingOptions(), random);

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

    private async Task PostUntilStoppedAsync(Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            var pause = WhileNobodyServes;
            if (_address() is { } address)
            {
                await PostAsync(address, Draw(random));
                pause = _options.MaxPause * random.NextDouble();
            }

            await Task.Delay(pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IReadOnlyList<Guid> Draw(Random random)
    {
        var count = random.Next(3) == 0 ? 1 : random.Next(1, _options.MaxCarsPerRequest + 1);
        if (random.Next(_options.RepeatOneIn) == 0)
        {
            var repeated = random.Next(2) == 0 ? _acknowledgements.SomeUnknown(count) : _acknowledgements.SomeAcknowledged(count);
            if (repeated.Count > 0)
                return repeated;
        }

        return Enumerable.Range(0, count).Select(_ => ClientCar.NewId(random)).ToList();
    }

    private async Task PostAsync(Uri address, IReadOnlyList<Guid> ids)
    {
        for (var tries = 1; !await TryPostAsync(new Uri(address, "cars"), ids) && _options.Elsewhere is { } elsewhere && tries < MostTries; tries++)
            address = elsewhere(address);
    }

    /// <summary>Posts once.</summary>
    /// <returns>Whether there was an answer.</returns>
    private async Task<bool> TryPostAsync(Uri address, IReadOnlyList<Guid> ids)
    {
        using var content = new ByteArrayContent(ClientCar.Json(ids.Select(ClientCar.Of).ToList()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        _acknowledgements.Sending(ids);
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            // Not cancelled by a stop: an acknowledgement that is on its way shall be counted.
            using var answer = await _http.PostAsync(address, content, CancellationToken.None);
            _acknowledgements.Waited(TimeProvider.System.GetElapsedTime(begun));
            if (answer.StatusCode == HttpStatusCode.Accepted)
                Take(await answer.Content.ReadFromJsonAsync<Accepted>(CancellationToken.None), ids);
            else
                await JudgeAsync(answer);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Nobody knows whether these were accepted.
            return false;
        }
    }

    private void Take(Accepted? accepted, IReadOnlyList<Guid> ids)
    {
        if (accepted?.Ids is null || accepted.Count != ids.Count || !accepted.Ids.SequenceEqual(ids))
            _acknowledgements.Violate($"202 for {ids.Count} cars with accepted {accepted?.Count} and {accepted?.Ids?.Count} ids, or other ids");
        _acknowledgements.Acknowledge(ids);
    }

    private async Task JudgeAsync(HttpResponseMessage answer)
    {
        if (answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null })
            _acknowledgements.Refuse();
        else
            _acknowledgements.Violate($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
    }
}

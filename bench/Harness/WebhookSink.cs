using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bench.Harness;

/// <summary>Is called by timers, in this process, and notes when. Its clock is the machine's, like that of whoever calls.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, WebhookArrival> _arrivals = new();
    private readonly WebApplication _app;
    private int _repeats;

    private WebhookSink()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _app = builder.Build();
        _app.MapPost("/", AcceptAsync);
    }

    /// <summary>What timers are to call.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Every timer's first call.</summary>
    public ICollection<WebhookArrival> Arrivals => _arrivals.Values;

    /// <summary>When it listens.</summary>
    public static async Task<WebhookSink> StartAsync()
    {
        var sink = new WebhookSink();
        await sink._app.StartAsync();
        return sink;
    }

    /// <summary>Waits until so many timers have called.</summary>
    /// <exception cref="BenchException">They have not within the time, there are more, or one called twice.</exception>
    public async Task WaitForAsync(int timers, TimeSpan deadline)
    {
        var started = Stopwatch.GetTimestamp();
        while (_arrivals.Count < timers && Stopwatch.GetElapsedTime(started) < deadline)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        if (_arrivals.Count != timers || _repeats > 0)
            throw new BenchException($"{timers} timers should have called; {_arrivals.Count} have, and {_repeats} calls were repeats.");
    }

    /// <summary>Forgets every call.</summary>
    public void Clear() => _arrivals.Clear();

    /// <summary>How late they all were.</summary>
    public LatencyHistogram Lateness()
    {
        var lateness = new LatencyHistogram();
        foreach (var arrival in Arrivals)
        {
            if (arrival.At < arrival.DueAt)
                throw new BenchException($"A timer called at {arrival.At:O}, and was due at {arrival.DueAt:O}.");
            lateness.Add((long)((arrival.At - arrival.DueAt).TotalSeconds * Stopwatch.Frequency));
        }

        return lateness;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AcceptAsync(HttpContext context)
    {
        var now = TimeProvider.System.GetUtcNow();
        var call = (await JsonSerializer.DeserializeAsync(context.Request.Body, WebhookCallJson.Default.WebhookCall))!;
        if (!_arrivals.TryAdd(call.TimerId, new WebhookArrival(call.DueAt, now)))
            Interlocked.Increment(ref _repeats);
    }
}

/// <summary>When a timer should have called, and when it did.</summary>
internal readonly record struct WebhookArrival(DateTimeOffset DueAt, DateTimeOffset At);

/// <summary>What a timer says when it calls.</summary>
internal sealed record WebhookCall(Guid TimerId, DateTimeOffset DueAt, DateTimeOffset FiredAt);

/// <summary>How it is read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookCall))]
internal sealed partial class WebhookCallJson : JsonSerializerContext;

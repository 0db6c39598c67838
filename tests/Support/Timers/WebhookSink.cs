using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Support.Timers;

/// <summary>The other side of the webhooks: it notes every call, checks its signature, and answers as the address says. It lives in
/// the tests' process, and so through every kill of the program.</summary>
public sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookArrival> _arrivals = new();
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _violations = new();

    private WebhookSink(WebApplication app) => _app = app;

    /// <summary>Every call so far, in about the order of coming.</summary>
    public IReadOnlyCollection<WebhookArrival> Arrivals => _arrivals;

    /// <summary>Calls that were not as they must be, as text.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Where it serves.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it on a free port of the loopback.</summary>
    public static async Task<WebhookSink> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var sink = new WebhookSink(builder.Build());
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync(cancellationToken);
        return sink;
    }

    /// <summary>An address of the sink.</summary>
    /// <param name="name">Tells it from others: letters, digits and dashes.</param>
    /// <param name="behaviour">How it answers.</param>
    public string Url(string name, WebhookBehaviour behaviour) => new Uri(Address, name + behaviour.Query).ToString();

    /// <summary>How many calls of a webhook came.</summary>
    public int Calls(string name) => _calls.GetValueOrDefault("/" + name);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var at = TimeProvider.System.GetUtcNow();
        var body = await ReadAsync(context.Request);
        if (body is null)
            return;

        var path = context.Request.Path.ToString();
        var behaviour = WebhookBehaviour.Read(context.Request.Query);
        int? status = _calls.AddOrUpdate(path, 1, static (_, calls) => calls + 1) > behaviour.Refusals ? 200 : behaviour.RefusedWith;
        if (status == 0)
            status = null;
        if (Note(context.Request, body, at, path, status) is { } arrival)
            await AnswerAsync(context, arrival, behaviour.Delay);
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body);
            return body.ToArray();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The caller was killed before it had sent all: nobody was told anything.
            return null;
        }
    }

    private WebhookArrival? Note(HttpRequest request, byte[] body, DateTimeOffset at, string path, int? status)
    {
        var id = request.Headers["webhook-id"].ToString();
        try
        {
            var arrival = WebhookArrival.Read(id, body, at, path, status);
            _arrivals.Enqueue(arrival);
            if (SignatureCheck.Complain(id, request.Headers["webhook-timestamp"].ToString(), request.Headers["webhook-signature"].ToString(), body, at) is { } complaint)
                _violations.Enqueue($"{path}: {complaint}");
            return arrival;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            _violations.Enqueue($"{path}: {exception.Message}");
            return null;
        }
    }

    private static async Task AnswerAsync(HttpContext context, WebhookArrival arrival, TimeSpan delay)
    {
        var patience = arrival.Status is null ? Timeout.InfiniteTimeSpan : delay;
        await Task.Delay(patience, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (context.RequestAborted.IsCancellationRequested || arrival.Status is not { } status)
            return;

        context.Response.StatusCode = status;
        arrival.Answered = true;
    }
}

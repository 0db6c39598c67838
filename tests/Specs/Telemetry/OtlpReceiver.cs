using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Telemetry;

/// <summary>Takes in what is sent by OTLP over HTTP, and keeps it as it came: names stand in it in clear.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    /// <summary>The header that a token is expected in.</summary>
    public const string TokenHeader = "x-receiver-token";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, string Body, string Token)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>All that came of a signal.</summary>
    public string Of(string signal) => string.Concat(_received.Where(received => string.Equals(received.Signal, signal, StringComparison.Ordinal)).Select(received => received.Body));

    /// <summary>The tokens that came with a signal, each once; "" where there was none.</summary>
    public IReadOnlyList<string> TokensOf(string signal) =>
        [.. _received.Where(received => string.Equals(received.Signal, signal, StringComparison.Ordinal)).Select(received => received.Token).Distinct(StringComparer.Ordinal)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _received.Enqueue((signal, Encoding.Latin1.GetString(body.ToArray()), request.Headers[TokenHeader].ToString()));
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>A receiver of webhooks on 127.0.0.1, which keeps what it received and answers as it is told: 204 at first.</summary>
internal sealed class WebhookStub : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();
    private int _inHand;

    private WebhookStub(WebApplication server) => _server = server;

    /// <summary>How it answers.</summary>
    public RequestDelegate Answer { get; set; } = Status(204);

    /// <summary>What it received, in order.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>How many it is answering now.</summary>
    public int InHand => Volatile.Read(ref _inHand);

    public int Port => new Uri(_server.Urls.Single()).Port;

    /// <summary>Answers with a status and no body.</summary>
    public static RequestDelegate Status(int code) => context =>
    {
        context.Response.StatusCode = code;
        return Task.CompletedTask;
    };

    /// <summary>Never answers, until the caller goes away.</summary>
    public static async Task Hang(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public static async Task<WebhookStub> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        // Requests that hang by design are not worth waiting for.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var stub = new WebhookStub(builder.Build());
        stub._server.Run(stub.ReceiveAsync);
        await stub._server.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    /// <summary>An address of it.</summary>
    public string Url(string host = "127.0.0.1", string path = "/hook") => $"http://{host}:{Port}{path}";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        Interlocked.Increment(ref _inHand);
        try
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            _received.Enqueue(new ReceivedWebhook(context.Request.Method, $"{context.Request.Path}{context.Request.QueryString}", headers, body.ToArray()));
            await Answer(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
        }
    }
}

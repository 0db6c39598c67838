using System.Collections.Concurrent;
using System.Net;
using BusIngest.Specs.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Timers.Api;

/// <summary>A webhook in this process that answers as it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>What it answers with.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    /// <summary>The bodies that came.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>Where it is.</summary>
    public string Url => $"{_app.Urls.First()}/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Settings of a service that may call it, and tries again at once.</summary>
    /// <param name="folder">The spec's.</param>
    /// <param name="retries">How often it tries again.</param>
    public static BusIngest.Api.Configuration.Settings SettingsIn(string folder, int retries = 0) => RunningService.SettingsIn(folder) with
    {
        Webhooks = new() { AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal) },
        Timers = new() { RetrySchedule = [.. Enumerable.Repeat(TimeSpan.Zero, retries)] },
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Bodies.Enqueue(await reader.ReadToEndAsync());
        return Results.StatusCode((int)Answer);
    }
}

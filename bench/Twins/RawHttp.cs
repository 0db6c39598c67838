using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BusIngest.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Bench.Twins;

/// <summary>The least that accepts cars, a timer or events over HTTP and keeps them: Kestrel, a parse, a row, an fsync, an answer; or sends views. A process of its own.</summary>
internal static class RawHttp
{
    /// <summary>What it is called on the command line.</summary>
    public const string Name = "raw-http";

    /// <summary>The path that tells that it is up.</summary>
    public const string Ready = "/";

    private static readonly byte[] Summary = JsonSerializer.SerializeToUtf8Bytes(new string('s', 700), RawJson.Default.String);

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="directory">Where its file is.</param>
    public static async Task RunAsync(string directory)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        await using var rows = new GroupCommit(Path.Combine(directory, "raw.db"));
        await using var events = await OpenEventsAsync(directory);
        await using var app = builder.Build();
        app.MapGet(Ready, () => Results.Ok());
        app.MapPost("/cars", context => AcceptAsync(context, rows));
        app.MapPost("/api/v1/timer", context => AcceptTimerAsync(context, rows));
        app.MapPost("/events", context => AcceptEventsAsync(context, events));
        app.MapGet("/accounts/{id}/summary", SummarizeAsync);
        app.MapGet("/live/{bytes:int}", SendAsync);
        app.MapGet("/page", () => Results.Content("<!DOCTYPE html><p>A page", "text/html"));
        await app.StartAsync();
        Console.WriteLine($"Now listening on: {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }

    private static async Task AcceptAsync(HttpContext context, GroupCommit rows)
    {
        var body = await ReadAsync(context.Request.BodyReader);
        var cars = JsonSerializer.Deserialize(body, RawJson.Default.RawCarArray)!;
        await rows.InsertAsync(body);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsync($$"""{"accepted":{{cars.Length}}}""");
    }

    private static async Task AcceptTimerAsync(HttpContext context, GroupCommit rows)
    {
        var body = await ReadAsync(context.Request.BodyReader);
        var timer = JsonSerializer.Deserialize(body, RawJson.Default.RawTimer)!;
        await rows.InsertAsync(body);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsync($$"""{"timerId":"{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}}","timeLeft":{{timer.Delay.TotalSeconds}}}""");
    }

    private static async Task<IRawEventRows> OpenEventsAsync(string directory) =>
        Environment.GetEnvironmentVariable("RABBITMQ_URL") is { Length: > 0 } broker
            ? await RawSpreadEventRows.StartAsync(broker, Environment.GetEnvironmentVariable("DATABASE_URL")!)
            : new RawEventRows(Path.Combine(directory, "raw-events.db"));

    private static async Task AcceptEventsAsync(HttpContext context, IRawEventRows rows)
    {
        var body = await ReadAsync(context.Request.BodyReader);
        var posted = JsonSerializer.Deserialize(body, RawEventsJson.Default.RawPostedEvents)!;
        await rows.InsertAsync(posted.Events);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsync($$"""{"statusCode":202,"queued":{{posted.Events.Length}}}""");
    }

    /// <summary>A constant of the size of a summary.</summary>
    private static async Task SummarizeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = Summary.Length;
        await context.Response.BodyWriter.WriteAsync(Summary);
    }

    /// <summary>The same view each second.</summary>
    private static async Task SendAsync(HttpContext context, int bytes)
    {
        var view = Encoding.UTF8.GetBytes($"event: view\ndata: {new string('v', bytes)}\n\n");
        context.Response.ContentType = "text/event-stream";
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        do
        {
            await context.Response.Body.WriteAsync(view, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
        while (await second.WaitForNextTickAsync(context.RequestAborted));
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>A car as a client posts it.</summary>
internal sealed record RawCar(
    Guid? Id, string NormalizedMake, string NormalizedModel, int Year, double Price, string Location, DateTimeOffset? GeneratedAt);

/// <summary>A timer as a client posts it.</summary>
internal sealed record RawTimer(int Hours, int Minutes, int Seconds, Uri WebhookUrl)
{
    [JsonIgnore]
    public TimeSpan Delay => new(Hours, Minutes, Seconds);

    /// <summary>One that is due later.</summary>
    /// <param name="delay">In how many whole seconds.</param>
    /// <param name="webhook">What it calls.</param>
    public static RawTimer In(TimeSpan delay, Uri webhook) => new((int)delay.TotalHours, delay.Minutes, delay.Seconds, webhook);
}

/// <summary>How they are read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(RawCar[]))]
[JsonSerializable(typeof(RawTimer))]
[JsonSerializable(typeof(string))]
internal sealed partial class RawJson : JsonSerializerContext;

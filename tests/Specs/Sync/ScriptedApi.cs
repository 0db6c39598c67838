using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Specs.Sync;

/// <summary>A remote API on 127.0.0.1 that answers each request as a spec says.</summary>
internal sealed class ScriptedApi : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();

    private ScriptedApi(WebApplication server) => _server = server;

    /// <summary>Its address.</summary>
    public string Url => _server.Urls.Single();

    /// <summary>The name under which its events are kept.</summary>
    public string Source => new Uri(Url).Authority;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers a request.</param>
    public static async Task<ScriptedApi> StartAsync(Func<HttpContext, ScriptedRequest, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var api = new ScriptedApi(builder.Build());
        api._server.Run(context =>
        {
            var request = new ScriptedRequest(
                api._requests.Count + 1, context.Request.Query["cursor"].FirstOrDefault(), context.Request.Path + context.Request.QueryString.Value,
                context.Request.Headers["X-API-Key"].FirstOrDefault(), TimeProvider.System.GetUtcNow());
            api._requests.Enqueue(request);
            return answer(context, request);
        });
        await api._server.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    /// <summary>Starts one that answers with JSON.</summary>
    public static Task<ScriptedApi> StartAsync(Func<ScriptedRequest, string> answer) =>
        StartAsync((context, request) => JsonAsync(context, answer(request)));

    /// <summary>Answers with JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The answer.</param>
    /// <param name="status">Its status.</param>
    /// <param name="headers">Its headers, a name and a value each.</param>
    public static Task JsonAsync(HttpContext context, string body, int status = 200, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Events as JSON, without the brackets.</summary>
    public static string Events(int from, int count) => string.Join(',', Enumerable.Range(from, count).Select(Event));

    /// <summary>One event as JSON.</summary>
    public static string Event(int number) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":"e{{number}}","type":"click","userId":"u1","timestamp":{{1_767_225_600_000 + number}}}""");

    /// <summary>A page as DataSync writes it.</summary>
    /// <param name="events">Events, without the brackets.</param>
    /// <param name="next">The next cursor; null: it is the last page.</param>
    /// <param name="total">How many events there are in all; null: it does not say.</param>
    public static string Page(string events, string? next, int? total = null) =>
        $$$"""{"data":[{{{events}}}],"pagination":{"hasMore":{{{(next is null ? "false" : "true")}}},"nextCursor":{{{(next is null ? "null" : $"\"{next}\"")}}}},"meta":{{{{(total is null ? "" : $"\"total\":{total}")}}}}}""";

    /// <summary>A page of ten of so many events, by a cursor that is a number.</summary>
    public static string Tens(ScriptedRequest request, int total)
    {
        var from = request.Offset;
        return Page(Events(from, Math.Min(10, total - from)), from + 10 < total ? (from + 10).ToString(CultureInfo.InvariantCulture) : null);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>What an API was asked.</summary>
/// <param name="Number">The how many-th request it is, from 1.</param>
/// <param name="Cursor">Its cursor; null: none.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Key">Its key; null: none.</param>
/// <param name="At">When it came.</param>
internal sealed record ScriptedRequest(int Number, string? Cursor, string Target, string? Key, DateTimeOffset At)
{
    /// <summary>The cursor as a number; 0 without one.</summary>
    public int Offset => Cursor is null ? 0 : int.Parse(Cursor.Split('-')[0], CultureInfo.InvariantCulture);
}

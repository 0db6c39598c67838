using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Mime;
using System.Text;

namespace BusIngest.DataSyncSimulator;

/// <summary>The DataSync API, simulated: it serves made-up events page by page, with whatever faults it is told to.</summary>
public sealed class Simulator : IAsyncDisposable
{
    private const int DefaultLimit = 100;

    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly PageWriter _pages;
    private readonly FaultKind[] _kinds;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private int _requests;
    private int _served;
    private DateTimeOffset _cursorsFrom = DateTimeOffset.MinValue;

    private Simulator(SimulatorOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        Forge = new EventForge(options.Seed, options.OrderedIds);
        Window = new RateWindow(options, time);
        _pages = new PageWriter(options, Forge);
        _random = new Random(options.Seed);
        _kinds = string.Equals(options.Faults, "all", StringComparison.OrdinalIgnoreCase)
            ? Enum.GetValues<FaultKind>()
            : [.. options.Faults.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Enum.Parse<FaultKind>(text, ignoreCase: true))];

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://127.0.0.1:{options.Port}");
        _app.MapGet("/events", ServeAsync);
        _app.MapGet("/stats", () => Results.Json(new { Requests, Served, Faults, Window.Windows, Window.Permitted, Window.Refused, Window.RefusedLater }));
        _app.MapPost("/down", (bool on) => IsDown = on);
    }

    /// <summary>Where it is.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Makes its events.</summary>
    public EventForge Forge { get; }

    /// <summary>What it permits.</summary>
    public RateWindow Window { get; }

    /// <summary>Whether every connection is closed without an answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>Requests that came.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Pages that were served without a fault.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>Faults by kind.</summary>
    public ConcurrentDictionary<FaultKind, int> Faults { get; } = new();

    /// <summary>Starts one.</summary>
    public static async Task<Simulator> StartAsync(SimulatorOptions options, TimeProvider time)
    {
        var simulator = new Simulator(options, time);
        await simulator._app.StartAsync();
        return simulator;
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (_options.DelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(_options.DelayMs), _time, context.RequestAborted);
        if (IsDown)
        {
            context.Abort();
            return;
        }

        if (_options.ApiKey.Length > 0 && !string.Equals(context.Request.Headers["X-API-Key"], _options.ApiKey, StringComparison.Ordinal))
        {
            await AnswerAsync(context, 401, "{\"error\":\"invalid API key\"}");
            return;
        }

        if (_options.RateLimit > 0 && !Window.TryTake(context.Response))
        {
            await AnswerAsync(context, 429, "{\"error\":\"too many requests\"}");
            return;
        }

        var cursor = (string?)context.Request.Query["cursor"];
        if (!TryReadCursor(cursor, out var offset))
        {
            await AnswerAsync(context, 400, "{\"error\":\"cursor expired\"}");
            return;
        }

        var limit = int.TryParse(context.Request.Query["limit"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, _options.PageLimit) : DefaultLimit;
        await ServeAsync(context, cursor, offset, limit, DrawFault(cursor));
    }

    private async Task ServeAsync(HttpContext context, string? cursor, int offset, int limit, FaultKind? fault)
    {
        if (fault is { } kind)
            Faults.AddOrUpdate(kind, 1, (_, count) => count + 1);
        switch (fault)
        {
            case FaultKind.Network:
                context.Abort();
                return;
            case FaultKind.Server:
                await AnswerAsync(context, offset % 4 is 0 ? 500 : 501 + (offset % 4), "oops");
                return;
            case FaultKind.Html:
                await AnswerAsync(context, 200, "<!doctype html><html><body>Checking your browser</body></html>", MediaTypeNames.Text.Html);
                return;
            case FaultKind.NotJson:
                await AnswerAsync(context, 200, "upstream said: nothing");
                return;
            case FaultKind.Throttle:
                if (offset % 2 == 0)
                    context.Response.Headers.RetryAfter = "1";
                await AnswerAsync(context, 429, "{\"error\":\"too many requests\"}");
                return;
            case FaultKind.Cursor:
                await AnswerAsync(context, 400, "{\"error\":\"cursor expired\"}");
                return;
        }

        var count = fault == FaultKind.EmptyPage ? 0 : Math.Max(0, Math.Min(limit, _options.Total - offset));
        var hasMore = fault != FaultKind.EarlyEnd && offset + count < _options.Total;
        var next = !hasMore ? null : fault == FaultKind.RepeatedCursor ? cursor ?? MakeCursor(0) : MakeCursor(offset + Math.Min(limit, _options.Total - offset));
        var total = _options.Total + _options.TotalOffset + (fault == FaultKind.WrongTotal ? 1_000 - (offset % 7 * 300) : 0);
        // With the cursor that this page is about to give; times in cursors are whole milliseconds.
        if (Served + 1 == _options.ExpireAtPage)
            _cursorsFrom = _time.GetUtcNow().AddMilliseconds(1);
        await WritePageAsync(context, _pages.Write(offset, count, limit, new PageWriter.Tail(hasMore, next, total)), fault);
        if (fault is null)
            Interlocked.Increment(ref _served);
    }

    private static async Task WritePageAsync(HttpContext context, PageWriter.Page page, FaultKind? fault)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        if (fault is FaultKind.CutJson or FaultKind.Truncated)
        {
            byte[] whole = [.. page.Items.Span, .. page.Rest.Span];
            await WritePartAsync(context, whole, fault == FaultKind.CutJson);
            return;
        }

        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page.Items);
        await context.Response.Body.WriteAsync(page.Rest);
    }

    private static async Task WritePartAsync(HttpContext context, byte[] page, bool looksWhole)
    {
        var part = page.AsMemory(0, looksWhole ? page.Length * 2 / 3 : page.Length / 2);
        context.Response.ContentLength = looksWhole ? part.Length : page.Length;
        await context.Response.Body.WriteAsync(part);
        if (looksWhole)
            return;

        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>The first page has nothing that a cursor's faults could come from.</summary>
    private FaultKind? DrawFault(string? cursor)
    {
        if (_options.FaultRate <= 0 || _kinds.Length == 0)
            return null;

        lock (_gate)
        {
            var draw = _random.NextDouble() / _options.FaultRate;
            var kind = draw < _kinds.Length ? _kinds[(int)draw] : (FaultKind?)null;
            return cursor is null && kind is FaultKind.Cursor or FaultKind.RepeatedCursor ? null : kind;
        }
    }

    private string MakeCursor(int offset) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"{offset}:{_time.GetUtcNow().ToUnixTimeMilliseconds()}"));

    private bool TryReadCursor(string? cursor, out int offset)
    {
        offset = 0;
        if (cursor is null)
            return true;

        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split(':') is not [var at, var since]
            || !int.TryParse(at, CultureInfo.InvariantCulture, out offset) || !long.TryParse(since, CultureInfo.InvariantCulture, out var ms))
            return false;

        var made = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return made >= _cursorsFrom && _time.GetUtcNow() - made <= TimeSpan.FromSeconds(_options.CursorSeconds);
    }

    private static Task AnswerAsync(HttpContext context, int status, string body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }
}

using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BusIngest.Support.Browsers;

/// <summary>A tab, driven over the DevTools protocol (https://chromedevtools.github.io/devtools-protocol).</summary>
public sealed class Tab : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private Task _reading = Task.CompletedTask;
    private int _last;

    private Tab()
    {
    }

    /// <summary>Errors that the console has shown.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Takes over a tab.</summary>
    public static async Task<Tab> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var tab = new Tab();
        await tab._socket.ConnectAsync(address, cancellationToken);
        tab._reading = tab.ReadAsync();
        await tab.SendAsync("Page.enable");
        await tab.SendAsync("Runtime.enable");
        await tab.SendAsync("Log.enable");
        // Or fields of a page without a window never hear that they have the focus.
        await tab.SendAsync("Emulation.setFocusEmulationEnabled", new() { ["enabled"] = true });
        return tab;
    }

    /// <summary>Sets the window's size in CSS pixels, and which colours the user prefers.</summary>
    public async Task LookAsync(int width, int height, bool isPhone, bool isDark)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = isPhone });
        await SendAsync("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
    }

    /// <summary>Goes to an address.</summary>
    public Task GoAsync(Uri address) => SendAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri });

    /// <summary>What an expression of JavaScript comes to, as text.</summary>
    /// <exception cref="IOException">It threw, or the page went away meanwhile: who waits for something takes it for "not yet".</exception>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = $"String({expression})", ["awaitPromise"] = true });
        return answer.TryGetProperty("result", out var result) && result.GetProperty("result").TryGetProperty("value", out var value)
            ? value.GetString()!
            : throw new IOException($"{expression}: {answer}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task<JsonElement> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return await answer.Task.WaitAsync(Deadline, TimeProvider.System);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                Take(await ReadMessageAsync());
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The tab is closed.
        }
    }

    private async Task<JsonElement> ReadMessageAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonElement.Parse(message.ToArray());
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id) && _waiting.TryRemove(id.GetInt32(), out var waiting))
            waiting.TrySetResult(message);
        else if (message.TryGetProperty("method", out var method) && IsComplaint(method.GetString()!, message.GetProperty("params")))
            _complaints.Enqueue(message.GetRawText());
    }

    private static bool IsComplaint(string method, JsonElement about) => method switch
    {
        "Runtime.exceptionThrown" => true,
        "Log.entryAdded" => about.GetProperty("entry").GetProperty("level").GetString() is "error",
        _ => false,
    };
}

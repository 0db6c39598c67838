using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace BusIngest.Support.Browsers;

/// <summary>A headless Chromium of its own, with one tab.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _profile = new();
    private readonly Process _process;

    private Chromium() => _process = Process.Start(new ProcessStartInfo("chromium")
    {
        ArgumentList =
        {
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-port=0", $"--user-data-dir={_profile.Path}", "about:blank",
        },
        UseShellExecute = false,
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException("chromium did not start");

    /// <summary>Its tab.</summary>
    public Tab Tab { get; private set; } = null!;

    /// <summary>Starts it, and returns when its tab can be driven.</summary>
    public static async Task<Chromium> StartAsync(CancellationToken cancellationToken)
    {
        var chromium = new Chromium();
        // Or it stops when the pipes are full.
        chromium._process.BeginErrorReadLine();
        chromium._process.BeginOutputReadLine();
        var tab = await Eventually.BecomesAsync("Chromium has a tab", chromium.FindTabAsync, found => found is not null, StartDeadline, cancellationToken);
        chromium.Tab = await Tab.OpenAsync(tab!, cancellationToken);
        return chromium;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Tab is not null)
            await Tab.DisposeAsync();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    /// <summary>It writes where it listens to a file of its profile.</summary>
    private async Task<Uri?> FindTabAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_profile.Path, "DevToolsActivePort");
        if (!File.Exists(file) || await File.ReadAllLinesAsync(file, cancellationToken) is not [var port, ..])
            return null;

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var targets = await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/json", cancellationToken);
        return targets.EnumerateArray()
            .Where(target => target.GetProperty("type").GetString() is "page")
            .Select(target => new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!))
            .FirstOrDefault();
    }
}

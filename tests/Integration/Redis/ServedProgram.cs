using System.Text;
using BusIngest.Api;
using BusIngest.Api.Configuration;
using BusIngest.Support;
using BusIngest.Support.OpenApi;
using Microsoft.AspNetCore.Builder;

namespace BusIngest.Integration.Redis;

/// <summary>The whole program in this process, one of several.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly WebApplication _app;
    private readonly Task _running;
    private bool _disposed;

    private ServedProgram(TemporaryDirectory directory, WebApplication app, Task running)
    {
        (_directory, _app, _running) = (directory, app, running);
        Http = new HttpClient(new DescribedHandler()) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>What it has logged, where its `Logs__Level` lets it.</summary>
    public string Logged()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(_directory.Subdirectory("logs")))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _running.IsCompleted;

    /// <summary>Starts one with folders of its own.</summary>
    /// <param name="settings">Flat names and their values.</param>
    public static async Task<ServedProgram> StartAsync(params (string Name, string Value)[] settings)
    {
        var directory = new TemporaryDirectory();
        (string Name, string Value)[] own =
        [
            ("PORT", "0"), ("DATA_DIR", directory.Subdirectory("data")), ("LOGS_DIR", directory.Subdirectory("logs")), ("Logs__Level", "Fatal"), .. settings,
        ];
        // What the test sets is the last of its name.
        var environment = own.GroupBy(setting => setting.Name, StringComparer.Ordinal).Select(named => named.Last()).Select(setting => KeyValuePair.Create(setting.Name, setting.Value));
        var app = Service.Build(SettingsLoader.Load([], environment, directory.Path, directory.Path));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Lifetime.ApplicationStarted.Register(started.SetResult);
        var running = Service.RunAsync(app);
        await await Task.WhenAny(started.Task, running);
        return new ServedProgram(directory, app, running);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        Http.Dispose();
        _app.Lifetime.StopApplication();
        await _running;
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}

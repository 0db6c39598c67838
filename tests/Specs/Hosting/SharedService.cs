using BusIngest.Specs.Processes;
using BusIngest.Support;

namespace BusIngest.Specs.Hosting;

/// <summary>A program that all tests of a class use, which leave nothing behind in it.</summary>
public sealed class SharedService : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private RunningService? _service;

    internal RunningService Service => _service!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(RunningService.SettingsIn(_directory.Path));

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        _directory.Dispose();
    }
}

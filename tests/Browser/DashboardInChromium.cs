using BusIngest.Support.Cars;
using BusIngest.Support.Programs;

namespace BusIngest.Browser;

/// <summary>The published program, started elsewhere than where it was published, and a browser.</summary>
public sealed class DashboardInChromium : IAsyncLifetime
{
    private readonly Installation _installation = new();
    private Chromium? _chromium;

    /// <summary>The browser's tab.</summary>
    public Tab Tab => _chromium!.Tab;

    /// <summary>The program's routes.</summary>
    public CarsApi Api => _installation.Api;

    /// <summary>Its DATA_DIR.</summary>
    public string DataDirectory => _installation.DataDirectory;

    /// <summary>The address of a page.</summary>
    public Uri Page(string path) => new(_installation.Address!, path);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await _installation.StartAsync(TestContext.Current.CancellationToken);
        _chromium = await Chromium.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        await _installation.DisposeAsync();
    }
}

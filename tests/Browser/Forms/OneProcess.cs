using BusIngest.Support.Programs;
using BusIngest.Support.Storage;

namespace BusIngest.Browser.Forms;

/// <summary>One process on SQLite, started elsewhere than where it was published.</summary>
public sealed class OneProcess : DashboardInChromium
{
    private readonly Installation _installation = new();
    private readonly Installation _withKeys = new();

    /// <inheritdoc />
    public override Uri Address => _installation.Address ?? throw new InvalidOperationException("The program has ended");

    /// <inheritdoc />
    public override IBackDoor BackDoor => new SqliteBackDoor(_installation.DataDirectory);

    /// <inheritdoc />
    public override async Task<Uri> ServeWithKeysAsync(string keys)
    {
        await _withKeys.StartAsync(TestContext.Current.CancellationToken, ("AUTH_API_KEYS", keys), ("BIND", "127.0.0.1"));
        return _withKeys.Address!;
    }

    /// <inheritdoc />
    public override string Outputs() => _installation.Outputs();

    /// <inheritdoc />
    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await _installation.StartAsync(TestContext.Current.CancellationToken, settings.Select(setting => (setting.Key, (string?)setting.Value)));

    /// <inheritdoc />
    protected override async Task StopAsync()
    {
        await _withKeys.DisposeAsync();
        await _installation.DisposeAsync();
    }
}

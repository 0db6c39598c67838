namespace BusIngest.Specs.Configuration;

/// <summary>A test with folders of its own to load settings from.</summary>
public abstract class SettingsSpec : IDisposable
{
    private protected SettingsFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

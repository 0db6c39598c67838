using BusIngest.Bus;

namespace BusIngest.Api.Configuration;

/// <summary>A setting as it was given.</summary>
/// <param name="Name">The name the user used: PORT, Http:Port or Http__Port.</param>
/// <param name="Text">What it was set to; empty stands for the default.</param>
internal sealed record SettingValue(string Name, string Text)
{
    /// <summary>The file that the text came from, by NAME_FILE; null when it was given itself.</summary>
    public ReloadableText? File { get; init; }
}

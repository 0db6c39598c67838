namespace BusIngest.Api.Configuration;

/// <summary>A setting's flat name, as the replaced services read it.</summary>
/// <param name="Name">The flat name.</param>
/// <param name="Key">The section name it stands for.</param>
/// <param name="Effect">What this release makes of it.</param>
internal sealed record FlatName(string Name, string Key, SettingEffect Effect = SettingEffect.Used)
{
    /// <summary>Whether it is a second flat name, which yields to the first in one layer.</summary>
    public bool IsAlias { get; init; }
}

namespace BusIngest.Api.Configuration;

/// <summary>What this release makes of a setting.</summary>
internal enum SettingEffect
{
    /// <summary>It is read and validated.</summary>
    Used,

    /// <summary>A replaced service needed it; nothing does now.</summary>
    Obsolete,
}

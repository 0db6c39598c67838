using BusIngest.Workers.Net;

namespace BusIngest.Api.Configuration;

/// <summary>Reads lists of hosts that may be called although they are private.</summary>
internal static class HostLists
{
    /// <summary>The hosts of a setting; null when it is not given.</summary>
    public static HashSet<string>? Read(SettingReader reader, string key)
    {
        if (reader.Find(key) is not { } value)
            return null;

        var hosts = value.Text.Split(',', StringSplitOptions.TrimEntries);
        if (Array.Find(hosts, host => !OutboundUrl.IsHost(host)) is { } wrong)
            reader.Refuse(value, $"names '{SettingReader.Printable(wrong)}', which is no host name or IP address, alone or with a port");

        return hosts.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}

using BusIngest.Bus.Redis;
using BusIngest.Bus.Tls;

namespace BusIngest.Api.Configuration;

/// <summary>Reads where Redis is, and how it is connected to. What may hold a password is never shown.</summary>
internal static class RedisRules
{
    private const int DefaultSentinelPort = 26_379;

    /// <summary>Redis, alone or behind Sentinel; null: none.</summary>
    public static RedisOptions? Read(SettingReader reader, string workingDirectory)
    {
        var useSentinel = reader.Bool(SettingKeys.RedisUseSentinel, fallback: reader.Find(SettingKeys.RedisHost) is null);
        var (host, sentinels) = (reader.Find(SettingKeys.RedisHost), reader.Find(SettingKeys.RedisSentinelHosts));
        if (useSentinel && sentinels is null && reader.Find(SettingKeys.RedisUseSentinel) is { } use)
            reader.Refuse(use, "needs REDIS_SENTINEL_HOSTS");

        var (tls, authorities) = Tls(reader, workingDirectory);
        var access = Access(reader, SettingKeys.RedisUser, SettingKeys.RedisPassword, tls, authorities);
        var sentinelAccess = Access(reader, SettingKeys.RedisSentinelUser, SettingKeys.RedisSentinelPassword, tls, authorities);
        var defaults = new RedisOptions { Access = access, SentinelAccess = sentinelAccess };
        if (useSentinel && sentinels is not null)
        {
            return defaults with
            {
                UseSentinel = true,
                SentinelHosts = Sentinels(reader, sentinels),
                SentinelMasterName = reader.Find(SettingKeys.RedisSentinelMasterName)?.Text ?? defaults.SentinelMasterName,
            };
        }

        if (host is null)
            return null;
        if (!RedisAddress.IsHost(host.Text))
            reader.Refuse(host, "is not a host name or an IP address, without a port");
        return defaults with { Host = host.Text.Trim('[', ']'), Port = reader.Int(SettingKeys.RedisPort, defaults.Port, 1, 65_535) };
    }

    private static (bool Tls, string? Authorities) Tls(SettingReader reader, string workingDirectory)
    {
        var tls = reader.Bool(SettingKeys.RedisTls, fallback: false);
        if (reader.Find(SettingKeys.RedisCaFile) is not { } file)
            return (tls, null);

        if (!tls)
            reader.Refuse(file, "needs REDIS_TLS=true");
        try
        {
            var path = Path.GetFullPath(file.Text, workingDirectory);
            TrustedAuthorities.Read(path);
            return (tls, path);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            reader.Refuse(file, exception is IOException ? exception.Message : "is not a path");
            return (tls, null);
        }
    }

    private static RedisAccess Access(SettingReader reader, string userKey, string passwordKey, bool tls, string? authorities)
    {
        var (user, password) = (reader.Find(userKey), reader.Reloadable(passwordKey));
        if (user is not null && password is null)
            reader.Refuse(user, "needs a password beside it");
        return new RedisAccess { User = user?.Text, Password = password, UseTls = tls, CaFile = authorities };
    }

    private static List<string> Sentinels(SettingReader reader, SettingValue value)
    {
        var hosts = new List<string>();
        var texts = value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var text in texts)
        {
            if (RedisAddress.TryParse(text, DefaultSentinelPort, out var address))
                hosts.Add(address);
        }

        if (hosts.Count == 0 || hosts.Count < texts.Length)
            reader.Refuse(value, $"is not a list of host:port pairs, comma-separated; without a port it is {DefaultSentinelPort}, and an IPv6 address with one is in brackets");
        return hosts;
    }
}

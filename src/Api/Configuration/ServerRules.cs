using System.Globalization;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using Npgsql;

namespace BusIngest.Api.Configuration;

/// <summary>Reads where the servers are, and how the outbox goes over them. What may hold a password is never shown.</summary>
internal static class ServerRules
{
    private const int DefaultSentinelPort = 26_379;

    /// <summary>PostgreSQL: DATABASE_URL, or its parts; null: SQLite.</summary>
    public static PostgresOptions? Postgres(SettingReader reader)
    {
        var url = reader.Find(SettingKeys.DatabaseUrl);
        var host = reader.Find(SettingKeys.DatabaseHost);
        if (url is null && host is null)
            return null;

        var text = url?.Text ?? FromParts(reader, host!.Text);
        try
        {
            var address = PostgresAddress.Parse(text);
            var defaults = new PostgresOptions { ConnectionString = text };
            var most = reader.Int(SettingKeys.DatabaseMaxConnections, defaults.MaxConnections, 2, 500);
            if (address.Gives("Maximum Pool Size") && reader.Find(SettingKeys.DatabaseMaxConnections) is { } set && most != address.MaxPoolSize)
                reader.Refuse(set, $"contradicts the Maximum Pool Size={address.MaxPoolSize} of DATABASE_URL");
            return defaults with { MaxConnections = most };
        }
        catch (ArgumentException exception)
        {
            reader.RefuseSecret((url ?? host)!, exception.Message.Split(" (Parameter", 2)[0]);
            return new PostgresOptions { ConnectionString = text };
        }
    }

    /// <summary>RabbitMQ; null: the in-process bus.</summary>
    public static RabbitMqOptions? RabbitMq(SettingReader reader)
    {
        if (reader.Find(SettingKeys.RabbitMqUrl) is not { } url)
            return null;

        try
        {
            return RabbitMqUrl.Parse(url.Text);
        }
        catch (FormatException exception)
        {
            reader.RefuseSecret(url, exception.Message);
            return null;
        }
    }

    /// <summary>Redis, alone or behind Sentinel; null: none.</summary>
    public static RedisOptions? Redis(SettingReader reader)
    {
        var useSentinel = reader.Bool(SettingKeys.RedisUseSentinel, fallback: reader.Find(SettingKeys.RedisHost) is null);
        var (host, sentinels) = (reader.Find(SettingKeys.RedisHost), reader.Find(SettingKeys.RedisSentinelHosts));
        var defaults = new RedisOptions();
        if (useSentinel && sentinels is not null)
        {
            return defaults with
            {
                UseSentinel = true,
                SentinelHosts = Sentinels(reader, sentinels),
                SentinelMasterName = reader.Find(SettingKeys.RedisSentinelMasterName)?.Text ?? defaults.SentinelMasterName,
            };
        }

        if (reader.Find(SettingKeys.RedisUseSentinel) is { } use && useSentinel)
            reader.Refuse(use, "needs REDIS_SENTINEL_HOSTS");
        return host is null ? null : defaults with { Host = host.Text, Port = reader.Int(SettingKeys.RedisPort, defaults.Port, 1, 65_535) };
    }

    /// <summary>By what way records leave: what is set, or what the servers suggest.</summary>
    public static LaneKind Lane(SettingReader reader, RabbitMqOptions? rabbitMq, RedisOptions? redis)
    {
        if (reader.Find(SettingKeys.Lane) is not { } value)
            return rabbitMq is not null ? LaneKind.RabbitMq : redis is not null ? LaneKind.Redis : LaneKind.InProcess;

        switch (value.Text)
        {
            case "rabbitmq" when rabbitMq is not null:
                return LaneKind.RabbitMq;
            case "redis" when redis is not null:
                return LaneKind.Redis;
            case "in-process" when rabbitMq is null:
                return LaneKind.InProcess;
            case "rabbitmq":
                reader.Refuse(value, "needs RABBITMQ_URL");
                break;
            case "redis":
                reader.Refuse(value, "needs REDIS_HOST or REDIS_SENTINEL_HOSTS");
                break;
            case "in-process":
                reader.Refuse(value, "has no way to the consumers, which listen to RabbitMQ; remove RABBITMQ_URL, or set rabbitmq or redis");
                break;
            default:
                reader.Refuse(value, "is not one of in-process, rabbitmq, redis");
                break;
        }

        return LaneKind.InProcess;
    }

    /// <summary>When a lane is given up.</summary>
    public static BreakerOptions Breaker(SettingReader reader)
    {
        var defaults = new BreakerOptions();
        return defaults with
        {
            FailureThreshold = reader.Int(SettingKeys.BreakerFailureThreshold, defaults.FailureThreshold, 1, 1_000),
            Cooldown = Milliseconds(reader, SettingKeys.BreakerCooldownMs, defaults.Cooldown, 100, 3_600_000),
            PublishTimeout = Milliseconds(reader, SettingKeys.PublishTimeoutMs, defaults.PublishTimeout, 50, 10_000),
        };
    }

    /// <summary>How what was parked is sent.</summary>
    public static RecoveryOptions Recovery(SettingReader reader)
    {
        var defaults = new RecoveryOptions();
        return defaults with
        {
            ChunkSize = reader.Int(SettingKeys.RecoveryChunkSize, defaults.ChunkSize, 1, 10_000),
            Cooldown = Milliseconds(reader, SettingKeys.RecoveryCooldownMs, defaults.Cooldown, 0, 60_000),
            CheckInterval = Milliseconds(reader, SettingKeys.RecoveryCheckIntervalMs, defaults.CheckInterval, 10, 3_600_000),
        };
    }

    private static TimeSpan Milliseconds(SettingReader reader, string key, TimeSpan fallback, int min, int max) =>
        TimeSpan.FromMilliseconds(reader.Int(key, (int)fallback.TotalMilliseconds, min, max));

    private static string FromParts(SettingReader reader, string host) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = reader.Int(SettingKeys.DatabasePort, 5_432, 1, 65_535),
        Username = reader.Find(SettingKeys.DatabaseUser)?.Text ?? "busingest",
        Password = reader.Find(SettingKeys.DatabasePassword)?.Text,
        Database = reader.Find(SettingKeys.DatabaseName)?.Text ?? "busingest",
    }.ConnectionString;

    private static List<string> Sentinels(SettingReader reader, SettingValue value)
    {
        var hosts = value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        if (hosts.Count == 0 || hosts.Exists(host => !IsHostAndPort(host)))
            reader.Refuse(value, $"is not a list of host:port pairs, comma-separated; without a port it is {DefaultSentinelPort}");
        return hosts;
    }

    private static bool IsHostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 || text.EndsWith(']') ? text : text[..colon];
        return Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown
            && (host.Length == text.Length
                || (ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0));
    }
}

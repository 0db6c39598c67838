using BusIngest.Bus.Mongo;
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
    /// <summary>PostgreSQL: DATABASE_URL, or its parts; null: SQLite.</summary>
    public static PostgresOptions? Postgres(SettingReader reader)
    {
        var url = reader.Find(SettingKeys.DatabaseUrl);
        var host = reader.Find(SettingKeys.DatabaseHost);
        if (url is null && host is null)
            return null;

        var text = url?.Text ?? FromParts(reader, host!.Text, reader.Find(SettingKeys.DatabasePassword)?.Text);
        if (WrongPostgres(text) is { } error)
        {
            reader.RefuseSecret((url ?? host)!, error);
            return new PostgresOptions { ConnectionString = text };
        }

        var address = PostgresAddress.Parse(text);
        var defaults = new PostgresOptions { ConnectionString = text, Reread = Reread(reader, url, host) };
        var most = reader.Int(SettingKeys.DatabaseMaxConnections, defaults.MaxConnections, 2, 500);
        if (address.Gives("Maximum Pool Size") && reader.Find(SettingKeys.DatabaseMaxConnections) is { } set && most != address.MaxPoolSize)
            reader.Refuse(set, $"contradicts the Maximum Pool Size={address.MaxPoolSize} of DATABASE_URL");
        return defaults with { MaxConnections = most };
    }

    /// <summary>RabbitMQ; null: the in-process bus.</summary>
    public static RabbitMqOptions? RabbitMq(SettingReader reader)
    {
        if (reader.Find(SettingKeys.RabbitMqUrl) is not { } url)
            return null;
        if (WrongRabbitMq(url.Text) is { } error)
        {
            reader.RefuseSecret(url, error);
            return null;
        }

        var options = RabbitMqUrl.Parse(url.Text);
        if (url.File is not { } file)
            return options;
        file.Check = WrongRabbitMq;
        return options with { Reread = () => RabbitMqUrl.Parse(file.Refreshed()) };
    }

    /// <summary>MongoDB, where copies of documents are kept; null: none are.</summary>
    public static MongoOptions? Mongo(SettingReader reader)
    {
        if (reader.Find(SettingKeys.MongoUri) is not { } uri)
            return null;

        try
        {
            return MongoOptions.Parse(uri.Text);
        }
        catch (FormatException exception)
        {
            reader.RefuseSecret(uri, exception.Message);
            return null;
        }
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

    private static string? WrongPostgres(string text)
    {
        try
        {
            PostgresAddress.Parse(text);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message.Split(" (Parameter", 2)[0];
        }
    }

    private static string? WrongRabbitMq(string text)
    {
        try
        {
            RabbitMqUrl.Parse(text);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Gives the address as its file has it by then; null where nothing of it lies in a file.</summary>
    private static Func<string>? Reread(SettingReader reader, SettingValue? url, SettingValue? host)
    {
        if (url is not null)
        {
            if (url.File is not { } file)
                return null;
            file.Check = WrongPostgres;
            return file.Refreshed;
        }

        return reader.Find(SettingKeys.DatabasePassword)?.File is { } password ? () => FromParts(reader, host!.Text, password.Refreshed()) : null;
    }

    private static string FromParts(SettingReader reader, string host, string? password) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = reader.Int(SettingKeys.DatabasePort, 5_432, 1, 65_535),
        Username = reader.Find(SettingKeys.DatabaseUser)?.Text ?? "busingest",
        Password = password,
        Database = reader.Find(SettingKeys.DatabaseName)?.Text ?? "busingest",
    }.ConnectionString;
}

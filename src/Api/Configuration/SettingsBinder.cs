using System.Globalization;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Redis;
using BusIngest.Workers.Cars;

namespace BusIngest.Api.Configuration;

/// <summary>Makes <see cref="Settings"/> of merged values. Bounds are those that the options document.</summary>
internal static class SettingsBinder
{
    private const int MaxPauses = 10;
    private const int MaxPauseMs = 3_600_000;

    public static Settings Bind(SettingReader reader, string workingDirectory)
    {
        var (rabbitMq, redis, mongo) = (ServerRules.RabbitMq(reader), RedisRules.Read(reader, workingDirectory), ServerRules.Mongo(reader));
        var (lane, timers) = (ServerRules.Lane(reader, rabbitMq, redis), TimerRepository(reader, redis, mongo));
        var keys = ApiKeyList.Read(reader);
        var anonymous = reader.Bool(SettingKeys.Anonymous, fallback: false);
        return new Settings
        {
            Http = HttpRules.Read(reader, isOpen: anonymous || reader.Find(SettingKeys.ApiKeys) is not null, workingDirectory),
            Roles = RoleRules.Read(reader),
            DataDir = reader.Folder(SettingKeys.DataDir, "data", workingDirectory),
            Logs = Logs(reader, workingDirectory),
            Postgres = ServerRules.Postgres(reader),
            RabbitMq = rabbitMq,
            Redis = redis is null ? null : redis with { MustKeep = lane == LaneKind.Redis || timers == SagaRepository.Redis },
            Mongo = mongo,
            Lane = lane,
            Breaker = ServerRules.Breaker(reader),
            Recovery = ServerRules.Recovery(reader),
            TimerRepository = timers,
            Outbox = Outbox(reader, new OutboxOptions()),
            Inbox = Inbox(reader, new InboxOptions()),
            Retry = Retry(reader, new RetryOptions()),
            Seeder = Seeder(reader, new SeederOptions()),
            Timers = WebhookRules.Timers(reader),
            Webhooks = WebhookRules.Webhooks(reader),
            Sync = SyncRules.Read(reader),
            Events = EventRules.Read(reader),
            MaxOrders = OrderRules.Max(reader),
            OrderRun = OrderRules.Run(reader),
            Orders = OrderRules.Orders(reader),
            Limits = LimitRules.Read(reader),
            Summaries = SummaryRules.Read(reader),
            Retention = RetentionRules.Read(reader),
            Telemetry = TelemetryRules.Read(reader),
            ApiKeys = keys,
            Anonymous = anonymous,
            SessionSecret = HttpRules.SessionSecret(reader),
        };
    }

    private static SagaRepository TimerRepository(SettingReader reader, RedisOptions? redis, MongoOptions? mongo)
    {
        var repository = reader.Enum(SettingKeys.TimersRepository, SagaRepository.Database);
        if (repository == SagaRepository.Redis && redis is null)
            reader.Refuse(reader.Find(SettingKeys.TimersRepository)!, "needs REDIS_HOST or REDIS_SENTINEL_HOSTS");
        if (repository == SagaRepository.Mongo && mongo is null)
            reader.Refuse(reader.Find(SettingKeys.TimersRepository)!, "needs MONGO_URI");
        return repository;
    }

    private static LogSettings Logs(SettingReader reader, string workingDirectory)
    {
        var logs = new LogSettings { Directory = reader.Folder(SettingKeys.LogsDir, "logs", workingDirectory) };
        return logs with
        {
            Level = reader.Enum(SettingKeys.LogsLevel, logs.Level),
            MaxFileBytes = reader.Long(SettingKeys.LogsMaxFileBytes, logs.MaxFileBytes, 64L << 10, 1L << 30),
            KeptFiles = reader.Int(SettingKeys.LogsKeptFiles, logs.KeptFiles, 1, 1_000),
        };
    }

    private static OutboxOptions Outbox(SettingReader reader, OutboxOptions defaults) => new()
    {
        MaxChunkRecords = reader.Int(SettingKeys.MaxChunkRecords, defaults.MaxChunkRecords, 1, 100_000),
        MaxChunkBytes = reader.Int(SettingKeys.MaxChunkBytes, defaults.MaxChunkBytes, 1 << 10, 16 << 20),
        AcceptTimeout = Milliseconds(reader.Int(SettingKeys.AcceptTimeoutMs, (int)defaults.AcceptTimeout.TotalMilliseconds, 100, 60_000)),
    };

    private static InboxOptions Inbox(SettingReader reader, InboxOptions defaults) => new()
    {
        MaxBytes = reader.Long(SettingKeys.InboxMaxBytes, defaults.MaxBytes, 1L << 20, 1L << 40),
        BulkHighWaterBytes = reader.Long(SettingKeys.BulkHighWaterBytes, defaults.BulkHighWaterBytes, 64L << 10, 1L << 40),
        MaxInFlight = reader.Int(SettingKeys.MaxInFlight, defaults.MaxInFlight, 1, 10_000),
        MarkRetention = TimeSpan.FromHours(reader.Int(SettingKeys.MarkRetentionHours, (int)defaults.MarkRetention.TotalHours, 1, 24 * 365)),
    };

    private static RetryOptions Retry(SettingReader reader, RetryOptions defaults) => new()
    {
        Immediate = reader.Int(SettingKeys.RetryImmediate, defaults.Immediate, 0, 20),
        Spaced = Pauses(reader, defaults.Spaced),
    };

    private static SeederOptions Seeder(SettingReader reader, SeederOptions defaults) => new()
    {
        Enabled = reader.Bool(SettingKeys.SeederEnabled, defaults.Enabled),
        IntervalMs = reader.Int(SettingKeys.SeederIntervalMs, defaults.IntervalMs, 0, 86_400_000),
    };

    private static IReadOnlyList<TimeSpan> Pauses(SettingReader reader, IReadOnlyList<TimeSpan> fallback)
    {
        if (reader.Find(SettingKeys.RetrySpacedMs) is not { } value)
            return fallback;

        var pauses = value.Text.Split(',', StringSplitOptions.TrimEntries)
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= MaxPauseMs ? ms : -1)
            .ToList();
        if (pauses.Count <= MaxPauses && !pauses.Contains(-1))
            return [.. pauses.Select(ms => Milliseconds(ms))];

        reader.Refuse(value, $"is not at most {MaxPauses} whole numbers from 0 to {MaxPauseMs}, comma-separated");
        return fallback;
    }

    private static TimeSpan Milliseconds(int ms) => TimeSpan.FromMilliseconds(ms);
}

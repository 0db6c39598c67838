namespace BusIngest.Api.Configuration;

/// <summary>The settings' section names.</summary>
internal static class SettingKeys
{
    public const string Port = "Http:Port";
    public const string Bind = "Http:Bind";
    public const string MaxBodyBytes = "Http:MaxBodyBytes";
    public const string MaxHeaderBytes = "Http:MaxHeaderBytes";
    public const string MaxBodiesBytes = "Http:MaxBodiesBytes";
    public const string BodyTimeoutMs = "Http:BodyTimeoutMs";
    public const string MinBodyBytesPerSecond = "Http:MinBodyBytesPerSecond";
    public const string MaxConnections = "Http:MaxConnections";
    public const string MaxConnectionsPerAddress = "Http:MaxConnectionsPerAddress";
    public const string MaxConnectionsPerProxy = "Http:MaxConnectionsPerProxy";
    public const string FirstByteTimeoutMs = "Http:FirstByteTimeoutMs";
    public const string KeepAliveTimeoutMs = "Http:KeepAliveTimeoutMs";
    public const string AllowedHosts = "Http:AllowedHosts";
    public const string CorsOrigins = "Http:CorsOrigins";
    public const string TrustedProxies = "Http:TrustedProxies";
    public const string PublicUrl = "Http:PublicUrl";
    public const string Certificate = "Http:Certificate";
    public const string CertificateKey = "Http:CertificateKey";
    public const string CertificatePassword = "Http:CertificatePassword";
    public const string Roles = "Roles";
    public const string DataDir = "DataDir";
    public const string LogsDir = "Logs:Dir";
    public const string LogsLevel = "Logs:Level";
    public const string LogsMaxFileBytes = "Logs:MaxFileBytes";
    public const string LogsKeptFiles = "Logs:KeptFiles";
    public const string MaxChunkRecords = "Outbox:MaxChunkRecords";
    public const string MaxChunkBytes = "Outbox:MaxChunkBytes";
    public const string AcceptTimeoutMs = "Outbox:AcceptTimeoutMs";
    public const string PublishTimeoutMs = "Outbox:PublishTimeoutMs";
    public const string Lane = "Outbox:Lane";
    public const string InboxMaxBytes = "Inbox:MaxBytes";
    public const string BulkHighWaterBytes = "Inbox:BulkHighWaterBytes";
    public const string MaxInFlight = "Inbox:MaxInFlight";
    public const string MarkRetentionHours = "Inbox:MarkRetentionHours";
    public const string RetryImmediate = "Retry:Immediate";
    public const string RetrySpacedMs = "Retry:SpacedMs";
    public const string SeederEnabled = "Cars:Seeder:Enabled";
    public const string SeederIntervalMs = "Cars:Seeder:IntervalMs";
    public const string WebhooksAllowedHosts = "Webhooks:AllowedHosts";
    public const string WebhooksSecret = "Webhooks:Secret";
    public const string WebhooksTimeoutMs = "Webhooks:TimeoutMs";
    public const string WebhooksRetrySeconds = "Webhooks:RetrySeconds";
    public const string WebhooksMaxConcurrencyPerHost = "Webhooks:MaxConcurrencyPerHost";
    public const string ApiKeys = "Auth:ApiKeys";
    public const string Anonymous = "Auth:Anonymous";
    public const string SessionSecret = "Auth:SessionSecret";
    public const string DatabaseUrl = "Database:Url";
    public const string DatabaseHost = "Database:Host";
    public const string DatabasePort = "Database:Port";
    public const string DatabaseUser = "Database:User";
    public const string DatabasePassword = "Database:Password";
    public const string DatabaseName = "Database:Name";
    public const string DatabaseMaxConnections = "Database:MaxConnections";
    public const string RabbitMqUrl = "RabbitMq:Url";
    public const string RedisHost = "Redis:Host";
    public const string RedisPort = "Redis:Port";
    public const string RedisUser = "Redis:User";
    public const string RedisPassword = "Redis:Password";
    public const string RedisTls = "Redis:Tls";
    public const string RedisCaFile = "Redis:CaFile";
    public const string RedisSentinelUser = "Redis:SentinelUser";
    public const string RedisSentinelPassword = "Redis:SentinelPassword";
    public const string RedisUseSentinel = "Redis:UseSentinel";
    public const string RedisSentinelHosts = "Redis:SentinelHosts";
    public const string RedisSentinelMasterName = "Redis:SentinelMasterName";
    public const string MongoUri = "Mongo:Uri";
    public const string BreakerFailureThreshold = "Breaker:FailureThreshold";
    public const string BreakerCooldownMs = "Breaker:CooldownMs";
    public const string RecoveryChunkSize = "Recovery:ChunkSize";
    public const string RecoveryCooldownMs = "Recovery:CooldownMs";
    public const string RecoveryCheckIntervalMs = "Recovery:CheckIntervalMs";
    public const string TimersRepository = "Timers:Repository";
    public const string OrdersMax = "Orders:Max";
    public const string OrdersGenerationChunkSize = "Orders:GenerationChunkSize";
    public const string OrdersBatchSize = "Orders:BatchSize";
    public const string OrdersConcurrency = "Orders:Concurrency";
    public const string OrdersLogs = "Orders:Logs";
    public const string OrdersLogProgressEveryMs = "Orders:LogProgressEveryMs";
    public const string OrdersStuckAfterMs = "Orders:StuckAfterMs";
    public const string TelemetryOtlpEndpoint = "Telemetry:OtlpEndpoint";
    public const string TelemetryOtlpProtocol = "Telemetry:OtlpProtocol";
    public const string TelemetrySampleRatio = "Telemetry:SampleRatio";
    public const string TelemetrySloAvailability = "Telemetry:SloAvailability";
    public const string RetentionFailedMessageDays = "Retention:FailedMessageDays";
    public const string RetentionSagaHistoryDays = "Retention:SagaHistoryDays";
    public const string RetentionTimerAttemptDays = "Retention:TimerAttemptDays";
    public const string RetentionOrderDays = "Retention:OrderDays";
    public const string RetentionOrderRunDays = "Retention:OrderRunDays";
    public const string SyncBaseUrl = "Sync:BaseUrl";
    public const string SyncApiKey = "Sync:ApiKey";
    public const string SyncPageSize = "Sync:PageSize";
    public const string SyncAllowedHosts = "Sync:AllowedHosts";
    public const string SyncSecret = "Sync:Secret";
    public const string SyncPageTimeoutMs = "Sync:PageTimeoutMs";
    public const string SyncLongestWaitMs = "Sync:LongestWaitMs";
    public const string SyncMaxFruitlessPages = "Sync:MaxFruitlessPages";
    public const string SyncMaxPageBytes = "Sync:MaxPageBytes";
    public const string SyncMaxPageEvents = "Sync:MaxPageEvents";
    public const string SyncMaxPageRejects = "Sync:MaxPageRejects";
    public const string SyncMaxDepth = "Sync:MaxDepth";
    public const string SyncMaxCursorBytes = "Sync:MaxCursorBytes";
    public const string SyncMaxBytesInHand = "Sync:MaxBytesInHand";
    public const string LimitsRequestsPerMinute = "Limits:RequestsPerMinute";
    public const string LimitsAccountEventsPerMinute = "Limits:AccountEventsPerMinute";
    public const string LimitsAccountDailyQuota = "Limits:AccountDailyQuota";
    public const string SummariesMaxAgeMs = "Summaries:MaxAgeMs";
    public const string SummariesTimeoutMs = "Summaries:TimeoutMs";
    public const string SummariesMaxConcurrency = "Summaries:MaxConcurrency";

    public const string EventsRetentionDays = "Events:RetentionDays";
    public const string EventsMaxAheadMinutes = "Events:MaxAheadMinutes";

    /// <summary>Before the name of a source and of one of its settings.</summary>
    public const string SyncSources = "Sync:Sources:";

    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase)
    {
        Roles, RetrySpacedMs, AllowedHosts, CorsOrigins, TrustedProxies, ApiKeys, WebhooksAllowedHosts, WebhooksSecret, WebhooksRetrySeconds, RedisSentinelHosts, SyncAllowedHosts,
    };

    /// <summary>Every setting that has an effect.</summary>
    public static IReadOnlySet<string> Used { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        Port, Bind, MaxBodyBytes, MaxBodiesBytes, BodyTimeoutMs, MinBodyBytesPerSecond, MaxHeaderBytes, MaxConnections, MaxConnectionsPerAddress,
        MaxConnectionsPerProxy, FirstByteTimeoutMs, KeepAliveTimeoutMs, AllowedHosts, CorsOrigins, TrustedProxies, PublicUrl, Certificate, CertificateKey,
        CertificatePassword, SessionSecret, Roles, DataDir, LogsDir, LogsLevel, LogsMaxFileBytes, LogsKeptFiles,
        MaxChunkRecords, MaxChunkBytes, AcceptTimeoutMs, PublishTimeoutMs, Lane, InboxMaxBytes, BulkHighWaterBytes, MaxInFlight, MarkRetentionHours,
        RetryImmediate, RetrySpacedMs, SeederEnabled, SeederIntervalMs,
        WebhooksAllowedHosts, WebhooksSecret, WebhooksTimeoutMs, WebhooksRetrySeconds, WebhooksMaxConcurrencyPerHost, ApiKeys, Anonymous,
        DatabaseUrl, DatabaseHost, DatabasePort, DatabaseUser, DatabasePassword, DatabaseName, DatabaseMaxConnections, RabbitMqUrl,
        RedisHost, RedisPort, RedisUseSentinel, RedisSentinelHosts, RedisSentinelMasterName,
        RedisUser, RedisPassword, RedisTls, RedisCaFile, RedisSentinelUser, RedisSentinelPassword, MongoUri,
        BreakerFailureThreshold, BreakerCooldownMs, RecoveryChunkSize, RecoveryCooldownMs, RecoveryCheckIntervalMs, TimersRepository,
        OrdersMax, OrdersGenerationChunkSize, OrdersBatchSize, OrdersConcurrency, OrdersLogs, OrdersLogProgressEveryMs, OrdersStuckAfterMs,
        SyncBaseUrl, SyncApiKey, SyncPageSize, SyncAllowedHosts, SyncSecret, SyncPageTimeoutMs, SyncLongestWaitMs, SyncMaxFruitlessPages,
        SyncMaxPageBytes, SyncMaxPageEvents, SyncMaxPageRejects, SyncMaxDepth, SyncMaxCursorBytes, SyncMaxBytesInHand,
        LimitsRequestsPerMinute, LimitsAccountEventsPerMinute, LimitsAccountDailyQuota,
        SummariesMaxAgeMs, SummariesTimeoutMs, SummariesMaxConcurrency,
        EventsRetentionDays, EventsMaxAheadMinutes,
        RetentionFailedMessageDays, RetentionSagaHistoryDays, RetentionTimerAttemptDays, RetentionOrderDays, RetentionOrderRunDays,
        TelemetryOtlpEndpoint, TelemetryOtlpProtocol, TelemetrySampleRatio, TelemetrySloAvailability,
    };

    private static readonly HashSet<string> UsedSections =
        new(Used.Where(key => key.Contains(':', StringComparison.Ordinal)).Select(Section), StringComparer.OrdinalIgnoreCase);

    /// <summary>Secrets, and addresses that may hold one.</summary>
    private static readonly HashSet<string> InFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ApiKeys, WebhooksSecret, DatabaseUrl, DatabaseUser, DatabasePassword, RabbitMqUrl, RedisUser, RedisPassword, RedisSentinelUser, RedisSentinelPassword,
        SyncBaseUrl, SyncApiKey, SyncSecret, TelemetryOtlpEndpoint, SessionSecret, CertificatePassword, MongoUri,
    };

    /// <summary>Whether the setting may lie in a file that NAME_FILE names.</summary>
    public static bool MayBeInFile(string key) =>
        InFiles.Contains(key) || (SyncRules.IsSourceSetting(key) && key.EndsWith(":ApiKey", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the setting has an effect.</summary>
    public static bool IsUsed(string key) => Used.Contains(key) || SyncRules.IsSourceSetting(key);

    /// <summary>Whether the key is in a section of ours, so that an unknown one is a mistake rather than someone else's.</summary>
    public static bool IsOurs(string key) => key.Contains(':', StringComparison.Ordinal) && UsedSections.Contains(Section(key));

    /// <summary>Whether the key is an item of a list that is written as a JSON array or object, and of which.</summary>
    public static bool IsListItem(string key, out string list)
    {
        list = ConfigurationPath.GetParentPath(key) ?? "";
        return Lists.Contains(list);
    }

    private static string Section(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];
}

using static BusIngest.Api.Configuration.SettingEffect;

namespace BusIngest.Api.Configuration;

/// <summary>The flat names and the section names they stand for. <c>.env.example</c> lists them with their defaults.</summary>
internal static class FlatNames
{
    /// <summary>The table, in the order of <c>.env.example</c>.</summary>
    public static IReadOnlyList<FlatName> All { get; } =
    [
        new("PORT", SettingKeys.Port),
        new("BIND", SettingKeys.Bind),
        new("AUTH_API_KEYS", SettingKeys.ApiKeys),
        new("AUTH_ANONYMOUS", SettingKeys.Anonymous),
        new("AUTH_SESSION_SECRET", SettingKeys.SessionSecret),
        new("ALLOWED_HOSTS", SettingKeys.AllowedHosts),
        new("CORS_ORIGINS", SettingKeys.CorsOrigins),
        new("TRUSTED_PROXIES", SettingKeys.TrustedProxies),
        new("PUBLIC_URL", SettingKeys.PublicUrl),
        new("TLS_CERTIFICATE", SettingKeys.Certificate),
        new("TLS_KEY", SettingKeys.CertificateKey),
        new("ROLES", SettingKeys.Roles),
        new("DATA_DIR", SettingKeys.DataDir),
        new("LOGS_DIR", SettingKeys.LogsDir),
        new("METRICS_LOG_DIR", SettingKeys.LogsDir) { IsAlias = true },
        new("OUTBOX_LANE", SettingKeys.Lane),
        new("SEEDER_ENABLED", SettingKeys.SeederEnabled),
        new("CAR_GENERATION_INTERVAL_MS", SettingKeys.SeederIntervalMs),
        new("WEBHOOKS_ALLOWED_HOSTS", SettingKeys.WebhooksAllowedHosts),
        new("WEBHOOKS_SECRET", SettingKeys.WebhooksSecret),
        new("DATABASE_URL", SettingKeys.DatabaseUrl),
        new("DB_HOST", SettingKeys.DatabaseHost),
        new("DB_PORT", SettingKeys.DatabasePort),
        new("DB_USER", SettingKeys.DatabaseUser),
        new("DB_PASSWORD", SettingKeys.DatabasePassword),
        new("DB_NAME", SettingKeys.DatabaseName),
        new("RABBITMQ_URL", SettingKeys.RabbitMqUrl),
        new("REDIS_HOST", SettingKeys.RedisHost),
        new("REDIS_PORT", SettingKeys.RedisPort),
        new("REDIS_USER", SettingKeys.RedisUser),
        new("REDIS_PASSWORD", SettingKeys.RedisPassword),
        new("REDIS_TLS", SettingKeys.RedisTls),
        new("REDIS_CA_FILE", SettingKeys.RedisCaFile),
        new("REDIS_USE_SENTINEL", SettingKeys.RedisUseSentinel),
        new("REDIS_SENTINEL_HOSTS", SettingKeys.RedisSentinelHosts),
        new("REDIS_SENTINEL_MASTER_NAME", SettingKeys.RedisSentinelMasterName),
        new("REDIS_SENTINEL_USER", SettingKeys.RedisSentinelUser),
        new("REDIS_SENTINEL_PASSWORD", SettingKeys.RedisSentinelPassword),
        new("MONGO_URI", SettingKeys.MongoUri),
        new("CIRCUIT_BREAKER_FAILURE_THRESHOLD", SettingKeys.BreakerFailureThreshold),
        new("CIRCUIT_BREAKER_COOLDOWN_MS", SettingKeys.BreakerCooldownMs),
        new("RECOVERY_CHUNK_SIZE", SettingKeys.RecoveryChunkSize),
        new("RECOVERY_COOLDOWN_MS", SettingKeys.RecoveryCooldownMs),
        new("RECOVERY_CHECK_INTERVAL_MS", SettingKeys.RecoveryCheckIntervalMs),
        new("MAX_ORDERS", SettingKeys.OrdersMax),
        new("GENERATION_CHUNK_SIZE", SettingKeys.OrdersGenerationChunkSize),
        new("NORMAL_ENQUEUE_BATCH_SIZE", SettingKeys.OrdersBatchSize),
        new("ORDERS_QUEUE_CONCURRENCY", SettingKeys.OrdersConcurrency),
        new("BACKEND_LOGS", SettingKeys.OrdersLogs),
        new("LOG_PROGRESS_EVERY_MS", SettingKeys.OrdersLogProgressEveryMs),
        new("API_BASE_URL", SettingKeys.SyncBaseUrl),
        new("API_KEY", SettingKeys.SyncApiKey),
        new("BATCH_SIZE", SettingKeys.SyncPageSize),
        new("SYNC_ALLOWED_HOSTS", SettingKeys.SyncAllowedHosts),
        new("SYNC_SECRET", SettingKeys.SyncSecret),
        new("RATE_LIMIT_PER_MINUTE", SettingKeys.LimitsRequestsPerMinute),
        new("ACCOUNT_EVENTS_PER_MINUTE", SettingKeys.LimitsAccountEventsPerMinute),
        new("ACCOUNT_DAILY_QUOTA", SettingKeys.LimitsAccountDailyQuota),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", SettingKeys.TelemetryOtlpEndpoint),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", SettingKeys.TelemetryOtlpProtocol),
        new("WORKER_CONCURRENCY", "Obsolete:WorkerConcurrency", Obsolete),
        new("LOG_MEMORY", "Obsolete:LogMemory", Obsolete),
    ];

    private static readonly Dictionary<string, FlatName> ByName = All.ToDictionary(flat => flat.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry of a flat name, in any case; null for any other name.</summary>
    public static FlatName? Find(string name) => ByName.GetValueOrDefault(name);
}

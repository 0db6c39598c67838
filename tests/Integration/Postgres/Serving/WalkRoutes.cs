using BusIngest.Support.Timers;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>The routes that a walk asks beside those whose records it counts. Streams, and what would take counted records away, are left out.</summary>
internal static class WalkRoutes
{
    private const string Nobody = "01920000-0000-7000-8000-000000000000";

    /// <summary>Reads, one of each route.</summary>
    public static IReadOnlyList<string> Reads { get; } =
    [
        "cars?limit=5", "cars/stats", $"cars/{Nobody}", "cars/seeder", "jobs/none", "slo",
        "pedidos", "pedidos/orders?limit=5", "pedidos/logs", "pedidos/runs", $"pedidos/runs/{Nobody}", $"pedidos/runs/compare?a={Nobody}&b={Nobody}",
        "pedidos/health/queue", "pedidos/queue/status", "pedidos/queue/jobs",
        "api/v1/timers?limit=5", $"api/v1/timer/{Nobody}", $"api/v1/timer/{Nobody}/attempts",
        "accounts/walk/summary?window=last_24h", "accounts/sample",
        "sync/runs", $"sync/runs/{Nobody}", "sync/sources", "sync/events", "sync/events/count", "sync/events/none",
        "messages/failed", "sagas", "sagas/timer", $"sagas/timer/{Nobody}", "outbox", "outbox/sessions",
        "metrics", "health", "health/ready", "", "dashboard/orders", "dashboard/failed",
    ];

    /// <summary>What is done to orders, failed messages and the outbox: a route each turn, null for turns without one.</summary>
    public static string? Action(int turn) => (turn % 80) switch
    {
        0 => "pedidos/generate?quantity=600",
        15 => "pedidos/queue/pause",
        17 => "pedidos/queue/resume",
        25 => "pedidos/queue/recover-stuck",
        30 => "pedidos/queue/retry-failed",
        32 => "pedidos/queue/clean?state=completed",
        35 => "messages/failed/retry?type=CarGenerated",
        37 => $"messages/failed/{Nobody}/retry",
        40 => "outbox/close",
        45 => "pedidos/cancel?purge=false",
        50 => "pedidos/queue/purge",
        55 => $"api/v1/timer/{Nobody}/redeliver",
        60 => $"sync/runs/{Nobody}/cancel",
        _ => null,
    };

    /// <summary>A run of a source that answers nothing of use: it is begun, tried, and fails.</summary>
    public static string SyncRun(WebhookSink sink) => $$"""{"baseUrl":"{{sink.Url("sync", WebhookBehaviour.Prompt)}}"}""";

    /// <summary>A timer that is not due before the walk is over.</summary>
    public static string FarTimer(WebhookSink sink) => $$"""{"hours":9,"minutes":0,"seconds":0,"webhookUrl":"{{sink.Url("far", WebhookBehaviour.Prompt)}}"}""";
}

using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Workers.Timers.Attempts;

/// <summary>The statements of the attempts for PostgreSQL, over the model of <see cref="TimersContext"/>.</summary>
internal static class PostgresAttemptStatements
{
    /// <summary>Stores an attempt.</summary>
    public static void Insert(this PostgresBatch batch, TimerAttempt attempt) => batch
        .Add("""
            INSERT INTO timer_attempts (timer_id, attempt, started_at, duration_ms, status_code, error, response_body)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """)
        .Bind(attempt.TimerId).Bind(attempt.Attempt).Bind(attempt.StartedAt).Bind(attempt.DurationMs)
        .Bind(attempt.StatusCode).Bind(Storable(attempt.Error)).Bind(Storable(attempt.ResponseBody));

    /// <summary>Keeps a secret unless there is one.</summary>
    public static void KeepSecret(this PostgresBatch batch, string secret) =>
        batch.Add("INSERT INTO webhook_secret (id, secret) VALUES (1, $1) ON CONFLICT (id) DO NOTHING").Bind(secret);

    /// <summary>PostgreSQL's text holds no NUL, and what a webhook answers may.</summary>
    private static string? Storable(string? text) => text?.Replace("\0", "\uFFFD", StringComparison.Ordinal);
}

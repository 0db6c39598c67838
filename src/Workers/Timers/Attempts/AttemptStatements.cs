using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Timers.Attempts;

/// <summary>The statements of the attempts, over the model of <see cref="TimersContext"/>.</summary>
internal static class AttemptStatements
{
    /// <summary>Stores an attempt.</summary>
    public static void Insert(this SqliteSession session, TimerAttempt attempt) => session
        .Statement("""
            INSERT INTO timer_attempts (timer_id, attempt, started_at, duration_ms, status_code, error, response_body)
            VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7)
            """)
        .Bind(1, attempt.TimerId).Bind(2, attempt.Attempt).Bind(3, attempt.StartedAt.ToUnixTimeMilliseconds()).Bind(4, attempt.DurationMs)
        .Bind(5, attempt.StatusCode ?? 0).Bind(6, attempt.Error).Bind(7, attempt.ResponseBody)
        .Execute();

    /// <summary>Keeps a secret unless there is one.</summary>
    public static void KeepSecret(this SqliteSession session, string secret) =>
        session.Statement("INSERT INTO webhook_secret (id, secret) VALUES (1, ?1) ON CONFLICT (id) DO NOTHING").Bind(1, secret).Execute();
}

using BusIngest.Sagas.Timers;
using BusIngest.Workers.Timers.Attempts;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Timers;

/// <summary>Reads how webhooks were called.</summary>
internal sealed class AttemptQueries(TimersContext context)
{
    /// <summary>The tries of a timer, and how late it was.</summary>
    public async Task<TimerAttempts> ReadAsync(TimerState timer, CancellationToken cancellationToken)
    {
        var rows = await context.Attempts
            .Where(x => x.TimerId == timer.CorrelationId)
            .OrderBy(x => x.Attempt)
            .ThenBy(x => x.Seq)
            .ToListAsync(cancellationToken);
        var attempts = rows.Select((row, index) => Show(row, index == rows.Count - 1 ? timer.NextAttemptAt : null));
        return new TimerAttempts(timer.CorrelationId, timer.CurrentState, [.. attempts], TimerLateness.Of(timer));
    }

    private static AttemptView Show(TimerAttempt row, DateTimeOffset? nextTryAt) =>
        new(row.Attempt, row.StartedAt, row.DurationMs, row.StatusCode, row.Error, row.ResponseBody, nextTryAt);
}

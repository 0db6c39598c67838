using System.Text.Json;
using BusIngest.Bus.Scheduling;
using BusIngest.Contracts.Timers;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Dashboard.Reading;

/// <summary>Reads which timers are next, from the schedule, which is in the order of time.</summary>
internal sealed class UpcomingTimers(SchedulingContext context)
{
    /// <summary>The next ones, the first one first.</summary>
    public async Task<IReadOnlyList<UpcomingTimer>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = await context.ReadAsync(() => context.Messages
            .OrderBy(x => x.DueAt)
            .Take(limit)
            .Select(x => new { x.DueAt, x.MessageType, x.Body })
            .ToListAsync(cancellationToken));
        return
        [
            .. rows.Where(row => row.MessageType is nameof(TimerDue) or nameof(RetryDue))
                .Select(row => new UpcomingTimer(TimerId(row.Body), row.DueAt, row.MessageType is nameof(RetryDue))),
        ];
    }

    private static Guid? TimerId(byte[] envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        return document.RootElement.TryGetProperty("message", out var message) && message.TryGetProperty("timerId", out var id) ? id.GetGuid() : null;
    }
}

/// <summary>A timer that is next.</summary>
/// <param name="TimerId">The timer; null where its message does not say.</param>
/// <param name="DueAt">When it fires.</param>
/// <param name="IsRetry">Whether its webhook was called before.</param>
internal sealed record UpcomingTimer(Guid? TimerId, DateTimeOffset DueAt, bool IsRetry);

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Events.Retiring;

/// <summary>Deletes events that are past their retention. One that was just within it when it was accepted is stored all the same, so
/// that nothing is deleted before another day is over.</summary>
internal sealed class EventRetirement(IRetiring retiring, EventOptions options, TimeProvider time, ILogger<EventRetirement> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.RetentionDays == 0)
            return;

        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await retiring.RetireAsync(time.GetUtcNow().AddDays(-options.RetentionDays - 1), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away, or its table in use for too long; the next period tries again.
                logger.LogWarning(exception, "Old events can't be deleted yet");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

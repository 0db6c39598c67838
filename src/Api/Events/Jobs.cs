using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Events;

/// <summary>What has become of accepted batches.</summary>
internal sealed class Jobs(IMessageTracking tracking, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>What has become of a batch.</summary>
    public ValueTask<MessageStanding> FindAsync(JobId id, CancellationToken cancellationToken) =>
        tracking.FindAsync(id.MessageId, EventsRegistration.Queue, cancellationToken);

    /// <summary>How many events of a batch were known before.</summary>
    /// <returns>Null: it is not stored, or has an id of an earlier version.</returns>
    public async Task<int?> CountKnownAsync(JobId id, MessageStanding standing, CancellationToken cancellationToken)
    {
        if (standing != MessageStanding.Consumed || id.Count == 0)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IRepeatedEvents>().CountAsync(id.MessageId, id.First, id.Count, cancellationToken);
    }

    /// <summary>Completes when a batch is stored, has failed or is not known, and after 2 s in any case.</summary>
    public async Task WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var pause = FirstPause; await FindAsync(id, cancellationToken) == MessageStanding.Waiting; pause = Longer(pause))
        {
            if (time.GetElapsedTime(begun) >= LongestWait)
                return;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
}

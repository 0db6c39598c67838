namespace BusIngest.Bus.Scheduling;

/// <inheritdoc />
internal sealed class ScheduledMessages(IScheduleStore store, DueWindow window) : IScheduledMessages
{
    public void Announce(IReadOnlyList<ScheduleStep> steps)
    {
        // One that a later step took back fires and finds nothing.
        foreach (var step in steps)
        {
            if (step.Entry is { } entry)
                window.Offer(new DueToken(entry.Token, entry.DueAt));
        }
    }

    public async Task ScheduleAsync(ScheduledEntry entry, CancellationToken cancellationToken)
    {
        var step = new ScheduleStep(entry.Token, entry);
        await store.WriteAsync(step, cancellationToken);
        Announce([step]);
    }

    public Task CancelAsync(Guid token, CancellationToken cancellationToken) => store.WriteAsync(new ScheduleStep(token, null), cancellationToken);
}

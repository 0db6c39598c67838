using Quartz;

namespace BusIngest.Bus.Scheduling;

/// <summary>Quartz's job for a message that is due; the trigger's name is the token.</summary>
internal sealed class FireJob(Func<Guid, Task> fire) : IJob
{
    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await fire(Guid.ParseExact(context.Trigger.Key.Name, "N"));
}

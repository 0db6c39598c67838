using Quartz;
using Quartz.Extensibility;

namespace BusIngest.Bus.Scheduling;

/// <summary>Gives Quartz the one job there is.</summary>
internal sealed class FireJobFactory(Func<Guid, Task> fire) : IJobFactory
{
    private readonly FireJob _job = new(fire);

    /// <inheritdoc />
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        new(new JobScope(_job));

    /// <inheritdoc />
    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}

using Quartz;

namespace BusIngest.Bus.Scheduling;

/// <summary>Quartz's scheduler over its RAM store, with one kind of job: a message is due.</summary>
internal sealed class QuartzClock(ScheduleOptions options, TimeProvider time)
{
    private static readonly JobKey Fire = new("fire");

    /// <summary>How often Quartz looks at the clock though it expects nothing: it notices that the clock was set.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    /// <summary>How much before its time a token may fire.</summary>
    public static readonly TimeSpan MostEarly = TimeSpan.FromMilliseconds(10);

    private IScheduler? _scheduler;

    /// <summary>Starts the clock.</summary>
    /// <param name="fire">What to do with a token whose time has come; it may run for many at once.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task StartAsync(Func<Guid, Task> fire, CancellationToken cancellationToken)
    {
        var builder = QuartzSchedulerBuilder.Create(quartz => quartz
            .ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = $"busingest-{Guid.NewGuid():N}";
                scheduler.IdleWaitTime = IdleWait;
                scheduler.MaxBatchSize = options.Concurrency;
            })
            .UseDefaultThreadPool(options.Concurrency)
            .UseTimeProvider(time)
            // Late is not missed: whatever is overdue fires, and at once.
            .UseInMemoryStore(store => store.MisfireThreshold = TimeSpan.FromDays(36_500))
            .UseJobFactory(new FireJobFactory(fire)));
        _scheduler = await builder.BuildScheduler(cancellationToken);
        await _scheduler.AddJob(JobBuilder.Create<FireJob>().WithIdentity(Fire).StoreDurably().Build(), default, cancellationToken);
        await _scheduler.Start(cancellationToken);
    }

    /// <summary>Sets a token to fire at its time; an earlier setting is replaced.</summary>
    public async Task SetAsync(DueToken due, CancellationToken cancellationToken)
    {
        var trigger = TriggerBuilder.Create(time).ForJob(Fire).WithIdentity(due.Token.ToString("N")).StartAt(due.DueAt).Build();
        await _scheduler!.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    /// <summary>Stops, and waits for what is firing.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is not null)
            await _scheduler.Shutdown(true, cancellationToken);
    }
}

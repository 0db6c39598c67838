using System.Collections.Concurrent;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>Runs what awaits a fake clock on one thread: time passes only when nothing is left to do, so that the machine's load plays no part.</summary>
internal sealed class VirtualTime : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Run, object? State)> _work = new();

    /// <summary>Begins a task, and lets time pass in steps until it is done.</summary>
    /// <returns>The task, which is done.</returns>
    /// <exception cref="TimeoutException">It is not done after so much of the clock's time.</exception>
    public static Task RunAsync(FakeClock clock, TimeSpan step, TimeSpan most, Func<Task> begin)
    {
        var (before, time) = (Current, new VirtualTime());
        SetSynchronizationContext(time);
        try
        {
            var task = begin();
            time.Drain();
            for (var passed = TimeSpan.Zero; !task.IsCompleted; passed += step)
            {
                if (passed > most)
                    throw new TimeoutException($"Not done after {most} of virtual time");
                clock.Advance(step);
                time.Drain();
            }

            return task;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <inheritdoc />
    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    private void Drain()
    {
        while (_work.TryDequeue(out var next))
            next.Run(next.State);
    }
}

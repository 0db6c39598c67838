using BusIngest.Bus.Requests;
using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>The generator's state: as somebody last steered it, or else as the settings say.</summary>
internal sealed class SeederControl(SeederOptions options, IMainDatabase database, TimeProvider time)
{
    private readonly Lock _gate = new();
    private SeederState _state = new() { Id = SeederState.TheOne, Running = options.Enabled, IntervalMs = options.IntervalMs };
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The state, and a task that completes when it changes.</summary>
    public (SeederState State, Task Changed) Current
    {
        get
        {
            lock (_gate)
                return (_state, _changed.Task);
        }
    }

    /// <summary>Reads what an earlier process was told, or another one.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = new CarsContext(database);
        var saved = await context.ReadAsync(() => context.Seeder.SingleOrDefaultAsync(cancellationToken));
        var current = Current.State;
        if (saved is not null && (saved.Running != current.Running || saved.IntervalMs != current.IntervalMs))
            Set(saved);
    }

    /// <summary>Changes the state once it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">It can't be written; nothing changed.</exception>
    /// <exception cref="RequestExpiredException">It is too late; nothing changed.</exception>
    public async Task<SeederState> ConfigureAsync(
        bool? running, int? intervalMs, RequestDeadline? deadline, CancellationToken cancellationToken)
    {
        var current = Current.State;
        var next = new SeederState
        {
            Id = SeederState.TheOne,
            Running = running ?? current.Running,
            IntervalMs = intervalMs ?? current.IntervalMs,
        };
        await database.WriteAsync(
            1,
            session =>
            {
                deadline?.ThrowIfPast(time.GetUtcNow());
                session.Save(next);
            },
            batch =>
            {
                batch.Save(next);
                deadline?.Check(batch);
            },
            cancellationToken);
        Set(next);
        return next;
    }

    private void Set(SeederState state)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _state = state;
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
    }
}

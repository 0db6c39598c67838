using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using BusIngest.Contracts.Cars;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>The car generator: publishes through the outbox like any client, at its interval or as fast as the outbox takes them.</summary>
internal sealed class CarSeeder(SeederControl control, IOutbox outbox, TimeProvider time, ILogger<CarSeeder> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "seeder")
{
    private const int FullSpeedBatch = 1_000;

    /// <summary>At short intervals the cars of a tenth of a second travel together: at 30 ms, a third of the messages and fsyncs.</summary>
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        await LoadAsync(stopping);
        while (true)
        {
            var (state, changed) = control.Current;
            if (!state.Running)
                await changed.WaitAsync(stopping);
            else if (state.IntervalMs == 0)
                await RunAtFullSpeedAsync(loop, changed, stopping);
            else
                await RunAtIntervalAsync(loop, TimeSpan.FromMilliseconds(state.IntervalMs), changed, stopping);
        }
    }

    /// <summary>Does not wait for a database that is away: the settings say how to begin.</summary>
    private async Task LoadAsync(CancellationToken stopping)
    {
        try
        {
            await control.LoadAsync(stopping);
        }
        catch (StorageUnavailableException exception)
        {
            logger.LogWarning("The generator begins as the settings say: {Reason}", exception.Message);
        }
    }

    private async Task RunAtFullSpeedAsync(BackgroundLoop loop, Task changed, CancellationToken stopping)
    {
        while (!changed.IsCompleted)
        {
            await outbox.WaitUntilCaughtUpAsync(stopping);
            await PublishAsync(loop, FullSpeedBatch, changed, stopping);
        }
    }

    private async Task RunAtIntervalAsync(BackgroundLoop loop, TimeSpan interval, Task changed, CancellationToken stopping)
    {
        var pace = new SeederPace(interval, time.GetUtcNow());
        while (true)
        {
            var next = pace.UntilNext(time.GetUtcNow());
            var wait = Task.Delay(next > ShortestTick ? next : ShortestTick, time, stopping);
            if (await Task.WhenAny(wait, changed) == changed)
                return;

            await wait;
            var due = pace.TakeDue(time.GetUtcNow());
            if (due > 0)
                await PublishAsync(loop, due, changed, stopping);
        }
    }

    /// <summary>Publishes cars, again and again under the same ids if they are refused, until somebody steers.</summary>
    private async Task PublishAsync(BackgroundLoop loop, int count, Task changed, CancellationToken stopping)
    {
        var cars = CarCatalogue.Draw(count, time.GetUtcNow());
        do
        {
            try
            {
                await outbox.PublishAsync<Car>(cars, stopping);
                loop.Succeed();
                return;
            }
            catch (OutboxUnavailableException exception)
            {
                loop.Fail(exception);
                await Task.WhenAny(Task.Delay(RefusedPause, time, stopping), changed);
            }
        }
        while (!changed.IsCompleted && !stopping.IsCancellationRequested);
    }
}

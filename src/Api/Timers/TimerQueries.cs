using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>Reads timers: from their sagas, and those whose saga is not there yet.</summary>
internal sealed class TimerQueries(ISagaDocuments sagas, INewTimers newTimers)
{
    /// <summary>One timer, from the instant that it was accepted; null for an unknown id.</summary>
    /// <remarks>Between the first look and the one at the new timers its saga may have begun, and its message be gone: hence the third.</remarks>
    /// <exception cref="StorageUnavailableException">The database is away, and the timer is none that is known without it.</exception>
    public async Task<TimerState?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await FindSagaAsync(id, cancellationToken)
                ?? await newTimers.FindAsync(id, cancellationToken)
                ?? await FindSagaAsync(id, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            if (await newTimers.FindAsync(id, cancellationToken) is { } timer)
                return timer;
            throw;
        }
    }

    /// <summary>What cursors of the listing belong to.</summary>
    public static CursorScope Scope(string? status) => CursorScope.Of("timers", status);

    /// <summary>A page, newest first.</summary>
    /// <param name="page">Which.</param>
    /// <param name="status">One of <see cref="TimerStatus.All"/>; null: all.</param>
    /// <param name="now">The time that <c>timeLeft</c> counts from.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<TimerPage> ListAsync(PageRequest page, string? status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var timers = (await sagas.ListAsync(TimerState.Kind, status, page.After, page.Rows, cancellationToken)).ToList();
        var next = page.Cut(timers, row => row.Seq);
        return new TimerPage([.. timers.Select(row => TimerView.Of(Read(row), now))], next);
    }

    private async Task<TimerState?> FindSagaAsync(Guid id, CancellationToken cancellationToken) =>
        await sagas.FindAsync(TimerState.Kind, id, cancellationToken) is { } saga ? Read(saga) : null;

    private static TimerState Read(SagaDocument saga)
    {
        var timer = JsonSerializer.Deserialize(saga.Document.Span, TimerStateJson.Default.TimerState)
            ?? throw new InvalidDataException("A saga's document is null");
        timer.CurrentState = saga.State;
        return timer;
    }
}

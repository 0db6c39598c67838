using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using BusIngest.Contracts.Timers;
using MassTransit;

namespace BusIngest.Api.Timers;

/// <summary>Asks a timer's saga to do something, also one that has not begun because its timer is still in the inbox.</summary>
internal sealed class TimerCommands(TimerQueries timers, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the saga has decided, for at most 5 s.</summary>
    /// <param name="client">Sends the command.</param>
    /// <param name="id">The timer.</param>
    /// <param name="command">What to ask for.</param>
    /// <returns>The state it went into, or, refused, the one that it stays in; null: there is no such timer.</returns>
    /// <exception cref="OutboxUnavailableException">No decision in time; answered with 503.</exception>
    public async Task<TimerDecision?> AskAsync<TCommand>(IRequestClient<TCommand> client, Guid id, TCommand command)
        where TCommand : class
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var left = Requests.Deadline - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
                throw new OutboxUnavailableException("The timer was accepted, and is not set yet.", Requests.Deadline);

            var answer = await client.AskAsync<TCommand, TimerChanged, TimerRefused>(command, left);
            if (answer.Is(out Response<TimerChanged>? changed))
                return new TimerDecision(changed.Message.Status, IsDone: true);
            if (answer.Is(out Response<TimerRefused>? refused) && refused.Message.Status is { } status)
                return new TimerDecision(status, IsDone: false);
            if (await timers.FindAsync(id, CancellationToken.None) is null)
                return null;

            // No token of the caller's, as with the request itself.
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }
}

/// <summary>What a timer's saga decided.</summary>
/// <param name="Status">The state that the timer is in.</param>
/// <param name="IsDone">Whether it did what it was asked to.</param>
internal readonly record struct TimerDecision(string Status, bool IsDone);

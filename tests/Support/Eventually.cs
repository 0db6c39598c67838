using Microsoft.Data.Sqlite;

namespace BusIngest.Support;

/// <summary>Waits for conditions, so that no test waits for time.</summary>
public static class Eventually
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Probes until the value is as wanted, and gives that value.</summary>
    /// <param name="what">What is waited for, as the failure shall say it.</param>
    /// <param name="probe">Looks. A refused connection, a broken answer or a busy database counts as "not yet".</param>
    /// <param name="wanted">Whether this is it.</param>
    /// <param name="deadline">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <exception cref="TimeoutException">It did not become so in time; the message holds what was seen last.</exception>
    public static async Task<T> BecomesAsync<T>(
        string what,
        Func<CancellationToken, Task<T>> probe,
        Func<T, bool> wanted,
        TimeSpan deadline,
        CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        object? last = "nothing";
        using var limit = new CancellationTokenSource(deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (clock.GetElapsedTime(begun) < deadline)
        {
            try
            {
                var seen = await probe(both.Token);
                if (wanted(seen))
                    return seen;
                last = seen;
                await Task.Delay(PollInterval, clock, both.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SqliteException)
            {
                last = $"{e.GetType().Name}: {e.Message}";
                await PauseAsync(clock, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Our own deadline, or the timeout of an HTTP client; the loop's condition knows which.
                await PauseAsync(clock, cancellationToken);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException($"{what}: not within {deadline.TotalSeconds:0.#} s; last seen: {last}");
    }

    /// <summary>Probes until the answer is yes. See <see cref="BecomesAsync{T}"/>.</summary>
    public static Task HoldsAsync(string what, Func<CancellationToken, Task<bool>> probe, TimeSpan deadline, CancellationToken cancellationToken) =>
        BecomesAsync(what, probe, static yes => yes, deadline, cancellationToken);

    private static Task PauseAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Delay(PollInterval, clock, cancellationToken);
}

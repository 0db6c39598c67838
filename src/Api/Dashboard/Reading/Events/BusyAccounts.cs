namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>
/// The busiest accounts of the last day, for all who look. A look at many accounts takes long: nobody waits for it, the list before is shown
/// meanwhile, and looking takes a twentieth of the time at most.
/// </summary>
internal sealed class BusyAccounts(IBusyAccountQuery query, TimeProvider time)
{
    private const int Listed = 10;
    private const int Rest = 20;
    private const int Hours = 24;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<BusyAccount>>? _look;
    private volatile IReadOnlyList<BusyAccount>? _latest;
    private long _begun;
    private TimeSpan _took;

    /// <summary>The busiest, the busiest first; null as long as the first look is under way.</summary>
    public async Task<IReadOnlyList<BusyAccount>?> ReadAsync()
    {
        try
        {
            return await Look().WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            return _latest;
        }
    }

    /// <summary>The look that is under way, or was the last one: another one begins when that has rested.</summary>
    private Task<IReadOnlyList<BusyAccount>> Look()
    {
        lock (_gate)
        {
            var pause = TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, _took.Ticks * Rest));
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_begun) >= pause))
            {
                _begun = time.GetTimestamp();
                _look = Task.Run(LookAsync);
            }

            return _look;
        }
    }

    private async Task<IReadOnlyList<BusyAccount>> LookAsync()
    {
        var begun = time.GetTimestamp();
        var hour = time.GetUtcNow().ToUnixTimeSeconds() / 3_600;
        var found = await query.ListAsync(hour - Hours, hour + 1, Listed, CancellationToken.None);
        // What looks take at which nothing is there yet is mostly the process's own first steps.
        lock (_gate)
            _took = _latest is not { Count: > 0 } ? TimeSpan.Zero : time.GetElapsedTime(begun);
        return _latest = found;
    }
}

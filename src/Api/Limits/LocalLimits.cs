namespace BusIngest.Api.Limits;

/// <summary>Keeps count in this process' memory: of the last 100,000 to 200,000 partitions of each span, and only while they count.</summary>
internal sealed class LocalLimits(TimeProvider time) : ILimits
{
    private const int MostPartitions = 100_000;
    private const long MinuteMs = 60_000;

    private readonly Lock _gate = new();
    private readonly Generations<(string Policy, string Partition), LimitWindow> _minutes = new(MostPartitions, MinuteMs);
    private readonly Generations<(string Policy, string Partition), LimitWindow> _days = new(MostPartitions, LimitTime.DayMs);

    /// <summary>How many partitions are known.</summary>
    public int Partitions
    {
        get
        {
            lock (_gate)
                return _minutes.Count + _days.Count;
        }
    }

    /// <inheritdoc />
    public ValueTask<LimitOutcome> TakeAsync(LimitCharge[] charges) => ValueTask.FromResult(Take(charges));

    /// <inheritdoc cref="TakeAsync" />
    public LimitOutcome Take(LimitCharge[] charges)
    {
        var now = LimitTime.Of(time);
        var windows = new LimitWindow[charges.Length];
        lock (_gate)
        {
            var wait = 0L;
            for (var i = 0; i < charges.Length; i++)
            {
                windows[i] = Find(charges[i], now);
                wait = Math.Max(wait, windows[i].WaitMs(now, charges[i].Units, charges[i].Policy.Quota));
            }

            if (wait == 0)
                Add(charges, windows, now);
            return new LimitOutcome(wait, States(charges, windows, now));
        }
    }

    /// <summary>Counts what was granted elsewhere.</summary>
    public void Note(LimitCharge[] charges)
    {
        var now = LimitTime.Of(time);
        lock (_gate)
        {
            foreach (var charge in charges)
                Find(charge, now).Add(now, charge.Units);
        }
    }

    private static void Add(LimitCharge[] charges, LimitWindow[] windows, LimitTime now)
    {
        for (var i = 0; i < charges.Length; i++)
            windows[i].Add(now, charges[i].Units);
    }

    private static LimitState[] States(LimitCharge[] charges, LimitWindow[] windows, LimitTime now)
    {
        var states = new LimitState[charges.Length];
        for (var i = 0; i < charges.Length; i++)
            states[i] = new LimitState(Math.Max(0, charges[i].Policy.Quota - windows[i].Used(now)), windows[i].ResetMs(now));
        return states;
    }

    private LimitWindow Find(LimitCharge charge, LimitTime now)
    {
        var isMinute = charge.Policy.Span is LimitSpan.Minute;
        var known = isMinute ? _minutes : _days;
        var key = (charge.Policy.Name, charge.Partition);
        if (known.TryGet(key, now.ElapsedMs, out var window))
            return window;

        window = isMinute ? new SlidingMinute() : new CalendarDay();
        known.Add(key, window, now.ElapsedMs);
        return window;
    }
}

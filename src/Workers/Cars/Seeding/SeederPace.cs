namespace BusIngest.Workers.Cars.Seeding;

/// <summary>Counts how many cars are due. Timers are coarse, so it goes by the clock: what one tick misses the next makes up for.</summary>
/// <param name="interval">Between two cars.</param>
/// <param name="start">When the first interval begins.</param>
internal sealed class SeederPace(TimeSpan interval, DateTimeOffset start)
{
    /// <summary>A process that was held up for longer does not make up for all of it.</summary>
    private static readonly TimeSpan MostToMakeUp = TimeSpan.FromSeconds(1);

    private DateTimeOffset _next = start + interval;

    /// <summary>How long until a car is due; zero when one is.</summary>
    public TimeSpan UntilNext(DateTimeOffset now)
    {
        // The clock was set back: begin anew, instead of waiting for it to come round.
        if (_next - now > interval)
            _next = now + interval;
        return _next > now ? _next - now : TimeSpan.Zero;
    }

    /// <summary>How many cars are due, from 0.</summary>
    public int TakeDue(DateTimeOffset now)
    {
        if (now < _next)
            return 0;
        if (now - _next > MostToMakeUp + interval)
            _next = now - MostToMakeUp;

        var due = 1 + (int)((now - _next) / interval);
        _next += due * interval;
        return due;
    }
}

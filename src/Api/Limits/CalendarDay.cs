namespace BusIngest.Api.Limits;

/// <summary>What was taken since midnight in UTC.</summary>
internal sealed class CalendarDay : LimitWindow
{
    private long _day;
    private long _used;

    /// <inheritdoc />
    public override long Used(LimitTime now)
    {
        var day = now.UtcMs / LimitTime.DayMs;
        if (day != _day)
            (_day, _used) = (day, 0);
        return _used;
    }

    /// <inheritdoc />
    public override long WaitMs(LimitTime now, long units, long quota) => Used(now) + units <= quota ? 0 : UntilMidnight(now);

    /// <inheritdoc />
    public override long ResetMs(LimitTime now) => Used(now) == 0 ? 0 : UntilMidnight(now);

    /// <inheritdoc />
    public override void Add(LimitTime now, long units) => _used = Used(now) + units;

    private static long UntilMidnight(LimitTime now) => LimitTime.DayMs - (now.UtcMs % LimitTime.DayMs);
}

namespace BusIngest.Api.Limits;

/// <summary>
/// What was taken in the last 60 s, in steps of a second. A step goes 60 s after the last thing in it: so no 60 s ever see more than the quota, what
/// comes back comes back less than a second late, and when is known exactly.
/// </summary>
internal sealed class SlidingMinute : LimitWindow
{
    private const long SpanMs = 60_000;
    private const long StepMs = 1_000;

    /// <summary>A ring, whose length is a power of two: at most 61 steps lie within 60 s.</summary>
    private Step[] _steps = new Step[2];
    private int _first;
    private int _count;
    private long _used;

    /// <inheritdoc />
    public override long Used(LimitTime now)
    {
        Expire(now.ElapsedMs);
        return _used;
    }

    /// <inheritdoc />
    public override long WaitMs(LimitTime now, long units, long quota)
    {
        Expire(now.ElapsedMs);
        var excess = _used + units - quota;
        if (excess <= 0)
            return 0;

        var wait = SpanMs;
        for (var i = 0; i < _count && excess > 0; i++)
        {
            excess -= At(i).Units;
            wait = At(i).LastMs + SpanMs - now.ElapsedMs;
        }

        return wait;
    }

    /// <inheritdoc />
    public override long ResetMs(LimitTime now)
    {
        Expire(now.ElapsedMs);
        return _count == 0 ? 0 : At(0).LastMs + SpanMs - now.ElapsedMs;
    }

    /// <inheritdoc />
    public override void Add(LimitTime now, long units)
    {
        Expire(now.ElapsedMs);
        _used += units;
        if (_count > 0 && At(_count - 1).LastMs / StepMs == now.ElapsedMs / StepMs)
        {
            ref var newest = ref At(_count - 1);
            newest = new Step(now.ElapsedMs, newest.Units + units);
            return;
        }

        if (_count == _steps.Length)
            Grow();
        _count++;
        At(_count - 1) = new Step(now.ElapsedMs, units);
    }

    private ref Step At(int index) => ref _steps[(_first + index) & (_steps.Length - 1)];

    private void Expire(long nowMs)
    {
        while (_count > 0 && At(0).LastMs + SpanMs <= nowMs)
        {
            _used -= At(0).Units;
            _first = (_first + 1) & (_steps.Length - 1);
            _count--;
        }
    }

    private void Grow()
    {
        var steps = new Step[_steps.Length * 2];
        for (var i = 0; i < _count; i++)
            steps[i] = At(i);
        (_steps, _first) = (steps, 0);
    }

    /// <summary>What was taken within a second, and when the last of it.</summary>
    private readonly record struct Step(long LastMs, long Units);
}

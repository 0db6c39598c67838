namespace BusIngest.Bus.Progress;

/// <summary>What one relay, pump or deliverer has in hand, and when it last moved any of it on. Thread-safe.</summary>
public sealed class WorkInHand
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private int _count;
    private long _movedAt;

    internal WorkInHand(string name, TimeProvider time) => (Name, _time) = (name, time);

    /// <summary>Who has it.</summary>
    public string Name { get; }

    /// <summary>For how long there has been work and nothing was moved on; zero without work.</summary>
    public TimeSpan Standstill
    {
        get
        {
            lock (_gate)
                return _count > 0 ? _time.GetElapsedTime(_movedAt) : TimeSpan.Zero;
        }
    }

    /// <summary>A piece of work is taken in hand.</summary>
    public void Take()
    {
        lock (_gate)
        {
            if (_count++ == 0)
                _movedAt = _time.GetTimestamp();
        }
    }

    /// <summary>A piece was moved on.</summary>
    public void Move()
    {
        lock (_gate)
            (_count, _movedAt) = (_count - 1, _time.GetTimestamp());
    }

    /// <summary>A piece is out of hand without having been moved on: it comes again.</summary>
    public void PutBack()
    {
        lock (_gate)
            _count--;
    }
}

namespace BusIngest.Bus.Progress;

/// <summary>What one relay, pump or deliverer has in hand, and when it last moved any of it on. Thread-safe.</summary>
/// <remarks>What is put back is still owed, for as long as <see cref="WorkWatch.Patience"/>: it comes again, unless others move it on.</remarks>
public sealed class WorkInHand
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private int _count;
    private long _movedAt;
    private long? _putBackAt;

    internal WorkInHand(string name, TimeProvider time) => (Name, _time) = (name, time);

    /// <summary>Who has it.</summary>
    public string Name { get; }

    /// <summary>For how long there has been work and nothing was moved on; zero without work.</summary>
    public TimeSpan Standstill
    {
        get
        {
            lock (_gate)
                return HasWork ? _time.GetElapsedTime(_movedAt) : TimeSpan.Zero;
        }
    }

    private bool HasWork => _count > 0 || (_putBackAt is { } at && _time.GetElapsedTime(at) < WorkWatch.Patience);

    /// <summary>A piece of work is taken in hand.</summary>
    public void Take()
    {
        lock (_gate)
        {
            if (!HasWork)
                _movedAt = _time.GetTimestamp();
            _count++;
        }
    }

    /// <summary>A piece was moved on.</summary>
    public void Move()
    {
        lock (_gate)
            (_count, _movedAt, _putBackAt) = (_count - 1, _time.GetTimestamp(), null);
    }

    /// <summary>A piece is out of hand without having been moved on: it comes again.</summary>
    public void PutBack()
    {
        lock (_gate)
            (_count, _putBackAt) = (_count - 1, _time.GetTimestamp());
    }
}

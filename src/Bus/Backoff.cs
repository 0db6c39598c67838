namespace BusIngest.Bus;

/// <summary>Pauses between tries, each twice as long as the one before. Not thread-safe.</summary>
/// <param name="first">The first one; more than zero.</param>
/// <param name="longest">None is longer.</param>
public sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _doublings;

    /// <summary>The pause that comes next.</summary>
    public TimeSpan Next => first * (1L << _doublings) is var doubled && doubled < longest ? doubled : longest;

    /// <summary>The pause for now; the next one is longer.</summary>
    public TimeSpan Take()
    {
        var pause = Next;
        if (pause < longest)
            _doublings++;
        return pause;
    }

    /// <summary>Begins with the first one again, as something has succeeded.</summary>
    public void Reset() => _doublings = 0;
}

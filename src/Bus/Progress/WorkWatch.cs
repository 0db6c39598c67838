using System.Globalization;

namespace BusIngest.Bus.Progress;

/// <summary>Watches who moves messages on: who has work and moves nothing is in trouble, whatever the reason.</summary>
public sealed class WorkWatch
{
    /// <summary>Nobody needs longer, not even on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private List<Func<(string Name, TimeSpan Standstill)>> _watched;

    internal WorkWatch(TimeProvider time, IEnumerable<IWatchedWork> watched)
    {
        _time = time;
        _watched = [.. watched.Select(work => (Func<(string, TimeSpan)>)work.Read)];
    }

    /// <summary>A line for each that stands still.</summary>
    public IReadOnlyList<string> Troubles =>
        [.. Volatile.Read(ref _watched).Select(watched => watched()).Where(seen => seen.Standstill >= Patience).Select(Describe)];

    /// <summary>Watches one more.</summary>
    /// <param name="name">What it is called in health and on pages.</param>
    public WorkInHand Add(string name)
    {
        var work = new WorkInHand(name, _time);
        lock (_gate)
            Volatile.Write(ref _watched, [.. _watched, () => (work.Name, work.Standstill)]);
        return work;
    }

    private static string Describe((string Name, TimeSpan Standstill) seen) =>
        string.Create(CultureInfo.InvariantCulture, $"{seen.Name} has work and has moved nothing for {seen.Standstill.TotalSeconds:0} s.");
}

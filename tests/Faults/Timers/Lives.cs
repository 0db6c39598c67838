namespace BusIngest.Faults.Timers;

/// <summary>When the program's processes ended, one after another.</summary>
internal sealed class Lives
{
    private readonly List<DateTimeOffset> _kills = [];

    /// <summary>To be called as soon as a process was killed.</summary>
    public void End() => _kills.Add(TimeProvider.System.GetUtcNow());

    /// <summary>When the process ended that was alive at a time; null when it is not known to have been killed.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset time) =>
        _kills.Where(kill => kill >= time).Select(static kill => (DateTimeOffset?)kill).FirstOrDefault();

    /// <summary>How often a process was killed.</summary>
    public int Count => _kills.Count;
}

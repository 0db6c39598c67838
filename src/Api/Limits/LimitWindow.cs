namespace BusIngest.Api.Limits;

/// <summary>What one partition took under one policy. Not thread-safe.</summary>
internal abstract class LimitWindow
{
    /// <summary>Units that count now.</summary>
    public abstract long Used(LimitTime now);

    /// <summary>Milliseconds until units fit into the quota; 0 when they do now. More than the quota fits at no time: until all of it is free.</summary>
    public abstract long WaitMs(LimitTime now, long units, long quota);

    /// <summary>Milliseconds until units come back; 0 when none are taken.</summary>
    public abstract long ResetMs(LimitTime now);

    /// <summary>Takes units.</summary>
    public abstract void Add(LimitTime now, long units);
}

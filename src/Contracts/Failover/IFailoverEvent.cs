namespace BusIngest.Contracts.Failover;

/// <summary>Something happened in a failover session.</summary>
public interface IFailoverEvent
{
    /// <summary>The session, as of then.</summary>
    FailoverFacts Facts { get; }
}

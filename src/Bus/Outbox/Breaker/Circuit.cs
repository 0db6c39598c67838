namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>What the breaker lets through.</summary>
internal enum Circuit
{
    /// <summary>Everything.</summary>
    Closed,

    /// <summary>Nothing.</summary>
    Open,

    /// <summary>One test write, which is under way.</summary>
    HalfOpen,
}

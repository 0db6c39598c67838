namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Why a page could not be fetched.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Error">In the words of an operator.</param>
internal sealed record PageFault(FaultKind Kind, string Error)
{
    /// <summary>How long the other side asks us to wait; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether there is no use in another try.</summary>
    public bool IsFinal { get; init; } = Kind is FaultKind.Unauthorized or FaultKind.Refused or FaultKind.Blocked or FaultKind.NothingNew;
}

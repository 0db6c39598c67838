namespace BusIngest.Support.Timers;

/// <summary>A timer's saga as it is in the database.</summary>
/// <param name="Id">The timer.</param>
/// <param name="Name">The name of its webhook.</param>
/// <param name="State">Its state.</param>
/// <param name="Version">How many events changed it.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="Transitions">Its changes of state, in the order of storing.</param>
/// <param name="Attempts">The tries that are kept, in the order of beginning.</param>
public sealed record StoredTimer(
    Guid Id,
    string Name,
    string State,
    long Version,
    DateTimeOffset DueAt,
    IReadOnlyList<StoredTransition> Transitions,
    IReadOnlyList<StoredAttempt> Attempts);

/// <summary>A change of state.</summary>
/// <param name="Version">The saga's version after it.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
public sealed record StoredTransition(long Version, string From, string To);

/// <summary>A try of a webhook that was kept.</summary>
/// <param name="Attempt">Which, from 1.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="StatusCode">The answer; null when there was none.</param>
/// <param name="Error">What was wrong; null when nothing was.</param>
public sealed record StoredAttempt(int Attempt, DateTimeOffset StartedAt, DateTimeOffset EndedAt, int? StatusCode, string? Error);

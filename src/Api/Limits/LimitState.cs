namespace BusIngest.Api.Limits;

/// <summary>What is left of a quota.</summary>
/// <param name="Remaining">Units, 0 or more.</param>
/// <param name="ResetMs">Milliseconds until some more come back; 0 when nothing is taken.</param>
internal readonly record struct LimitState(long Remaining, long ResetMs);

namespace BusIngest.Api.Commands.Events;

/// <summary>How far seeding is, for programs.</summary>
/// <param name="Events">How many there are to be.</param>
/// <param name="Accepted">How many are durable.</param>
/// <param name="Stored">How many of them are stored.</param>
/// <param name="ElapsedMs">For how long it has run.</param>
/// <param name="EventsPerSec">Stored events a second.</param>
/// <param name="IsDone">Whether all are stored and in the summaries.</param>
internal sealed record SeedLine(long Events, long Accepted, long Stored, long ElapsedMs, double EventsPerSec, bool IsDone)
{
    /// <summary>A state as a line.</summary>
    public static SeedLine Of(SeedState state, bool isDone = false) => new(
        state.Events,
        state.Accepted,
        isDone ? state.Events : state.Stored,
        (long)state.Elapsed.TotalMilliseconds,
        Math.Round(isDone ? state.Events / state.Elapsed.TotalSeconds : state.PerSecond, 1),
        isDone);
}

namespace BusIngest.Api.Commands.Events;

/// <summary>How far seeding is.</summary>
/// <param name="Events">How many there are to be.</param>
/// <param name="Accepted">How many are durable.</param>
/// <param name="Stored">How many of them are stored, as far as this process sees it.</param>
/// <param name="Elapsed">For how long it has run.</param>
internal readonly record struct SeedState(long Events, long Accepted, long Stored, TimeSpan Elapsed)
{
    /// <summary>Stored events a second.</summary>
    public double PerSecond => Elapsed <= TimeSpan.Zero ? 0 : Stored / Elapsed.TotalSeconds;

    /// <summary>How long it will go on at this rate; null: not known yet.</summary>
    public TimeSpan? Left => Stored == 0 ? null : TimeSpan.FromSeconds((Events - Stored) / PerSecond);

    /// <summary>Itself in one line.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Stored:N0} of {Events:N0} stored, {Accepted:N0} accepted, {PerSecond:N0} events/s{(Left is { } left ? $", {left:hh\\:mm\\:ss} left" : "")}");
}

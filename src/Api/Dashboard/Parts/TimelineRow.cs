namespace BusIngest.Api.Dashboard.Parts;

/// <summary>A row of a timeline.</summary>
/// <param name="Label">What is told.</param>
/// <param name="Spans">What lasted, in any order.</param>
public sealed record TimelineRow(string Label, IReadOnlyList<TimelineSpan> Spans);

/// <summary>Something that lasted.</summary>
/// <param name="What">What.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
/// <param name="Tone">good, warn, bad, busy or idle.</param>
public sealed record TimelineSpan(string What, DateTimeOffset From, DateTimeOffset To, string Tone)
{
    /// <summary>Its duration in words.</summary>
    public string Duration => Show.Duration((long)(To - From).TotalMilliseconds);
}

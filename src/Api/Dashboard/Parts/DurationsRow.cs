namespace BusIngest.Api.Dashboard.Parts;

/// <summary>A row of durations that add up.</summary>
/// <param name="Label">What is told.</param>
/// <param name="Parts">What lasted, how long in milliseconds, and its tone.</param>
public sealed record DurationsRow(string Label, IReadOnlyList<(string What, long Milliseconds, string Tone)> Parts);

namespace BusIngest.Api.Commands;

/// <summary>What `clean` is asked to do.</summary>
/// <param name="Yes">Whether it goes on without asking.</param>
/// <param name="DataDirectories">The data directories; empty: that of the settings.</param>
internal sealed record CleanOptions(bool Yes, IReadOnlyList<string> DataDirectories);

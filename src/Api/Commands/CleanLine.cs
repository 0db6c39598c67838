namespace BusIngest.Api.Commands;

/// <summary>Something that `clean` deleted, or left.</summary>
/// <param name="Place">The database, directory or server.</param>
/// <param name="Name">The table, queue or key; null for a place that was left whole.</param>
/// <param name="Count">How much was in it.</param>
/// <param name="Unit">Of what: rows, messages, entries, keys.</param>
/// <param name="Left">Why it was left; null: it is deleted.</param>
internal sealed record CleanLine(string Place, string? Name, long Count, string? Unit, string? Left);

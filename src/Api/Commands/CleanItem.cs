namespace BusIngest.Api.Commands;

/// <summary>Something that `clean` deletes.</summary>
/// <param name="Name">The table, queue or key.</param>
/// <param name="Count">How much is in it.</param>
/// <param name="Unit">Of what: rows, messages, entries, keys.</param>
internal sealed record CleanItem(string Name, long Count, string Unit);

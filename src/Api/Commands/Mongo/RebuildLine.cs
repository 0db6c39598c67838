namespace BusIngest.Api.Commands.Mongo;

/// <summary>How far a rebuild is, for programs.</summary>
/// <param name="Copied">Documents that are copied.</param>
/// <param name="Documents">How many there are.</param>
/// <param name="Collections">Documents that are still to be copied, by collection.</param>
/// <param name="ElapsedMs">For how long it has run.</param>
/// <param name="IsDone">Whether all are.</param>
internal sealed record RebuildLine(long Copied, long Documents, IReadOnlyDictionary<string, long> Collections, long ElapsedMs, bool IsDone);

using BusIngest.Contracts.Sync;

namespace BusIngest.Api.Sync;

/// <summary>A text of a source's definition, as settings and clients name it.</summary>
/// <param name="Name">Its name; in JSON it begins in lower case.</param>
/// <param name="IsHeader">Whether it names a header.</param>
/// <param name="Set">A definition with it.</param>
internal sealed record SourceField(string Name, bool IsHeader, Func<SourceDefinition, string, SourceDefinition> Set)
{
    /// <summary>The most events a page.</summary>
    public const int MostPageSize = 100_000;

    private const int Longest = 500;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SourceField> All { get; } =
    [
        new(nameof(SourceDefinition.Path), false, (source, text) => source with { Path = text }),
        new(nameof(SourceDefinition.AuthHeader), true, (source, text) => source with { AuthHeader = text }),
        new(nameof(SourceDefinition.AuthPrefix), false, (source, text) => source with { AuthPrefix = text }),
        new(nameof(SourceDefinition.AuthQuery), false, (source, text) => source with { AuthQuery = text }),
        new(nameof(SourceDefinition.LimitParameter), false, (source, text) => source with { LimitParameter = text }),
        new(nameof(SourceDefinition.CursorParameter), false, (source, text) => source with { CursorParameter = text }),
        new(nameof(SourceDefinition.DataPath), false, (source, text) => source with { DataPath = text }),
        new(nameof(SourceDefinition.HasMorePath), false, (source, text) => source with { HasMorePath = text }),
        new(nameof(SourceDefinition.NextCursorPath), false, (source, text) => source with { NextCursorPath = text }),
        new(nameof(SourceDefinition.CursorExpiresInPath), false, (source, text) => source with { CursorExpiresInPath = text }),
        new(nameof(SourceDefinition.TotalPath), false, (source, text) => source with { TotalPath = text }),
        new(nameof(SourceDefinition.IdPath), false, (source, text) => source with { IdPath = text }),
        new(nameof(SourceDefinition.TypePath), false, (source, text) => source with { TypePath = text }),
        new(nameof(SourceDefinition.UserIdPath), false, (source, text) => source with { UserIdPath = text }),
        new(nameof(SourceDefinition.TimestampPath), false, (source, text) => source with { TimestampPath = text }),
        new(nameof(SourceDefinition.LimitHeader), true, (source, text) => source with { LimitHeader = text }),
        new(nameof(SourceDefinition.RemainingHeader), true, (source, text) => source with { RemainingHeader = text }),
        new(nameof(SourceDefinition.ResetHeader), true, (source, text) => source with { ResetHeader = text }),
    ];

    /// <summary>The name as clients write it.</summary>
    public string JsonName { get; } = char.ToLowerInvariant(Name[0]) + Name[1..];

    /// <summary>The field of a name, in any case; null when there is none.</summary>
    public static SourceField? Find(string name) => All.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public string? Check(string text) =>
        text.Length > Longest ? $"must be at most {Longest} characters long"
        : text.Any(char.IsControl) ? "must not contain control characters"
        : IsHeader && !text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? "must be a header's name"
        : null;
}

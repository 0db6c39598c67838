using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Api.Sync;

/// <summary>A text of a source's definition, as settings and clients name it.</summary>
/// <param name="Name">Its name; in JSON it begins in lower case.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Set">A definition with it.</param>
internal sealed record SourceField(string Name, SourceFieldKind Kind, Func<SourceDefinition, string, SourceDefinition> Set)
{
    /// <summary>The most events a page.</summary>
    public const int MostPageSize = 100_000;

    private const int Longest = 500;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SourceField> All { get; } =
    [
        new(nameof(SourceDefinition.Path), SourceFieldKind.Route, (source, text) => source with { Path = text }),
        new(nameof(SourceDefinition.AuthHeader), SourceFieldKind.KeyHeader, (source, text) => source with { AuthHeader = text }),
        new(nameof(SourceDefinition.AuthPrefix), SourceFieldKind.Prefix, (source, text) => source with { AuthPrefix = text }),
        new(nameof(SourceDefinition.AuthQuery), SourceFieldKind.Text, (source, text) => source with { AuthQuery = text }),
        new(nameof(SourceDefinition.LimitParameter), SourceFieldKind.Text, (source, text) => source with { LimitParameter = text }),
        new(nameof(SourceDefinition.CursorParameter), SourceFieldKind.Text, (source, text) => source with { CursorParameter = text }),
        new(nameof(SourceDefinition.DataPath), SourceFieldKind.Text, (source, text) => source with { DataPath = text }),
        new(nameof(SourceDefinition.HasMorePath), SourceFieldKind.Text, (source, text) => source with { HasMorePath = text }),
        new(nameof(SourceDefinition.NextCursorPath), SourceFieldKind.Text, (source, text) => source with { NextCursorPath = text }),
        new(nameof(SourceDefinition.CursorExpiresInPath), SourceFieldKind.Text, (source, text) => source with { CursorExpiresInPath = text }),
        new(nameof(SourceDefinition.TotalPath), SourceFieldKind.Text, (source, text) => source with { TotalPath = text }),
        new(nameof(SourceDefinition.IdPath), SourceFieldKind.Text, (source, text) => source with { IdPath = text }),
        new(nameof(SourceDefinition.TypePath), SourceFieldKind.Text, (source, text) => source with { TypePath = text }),
        new(nameof(SourceDefinition.UserIdPath), SourceFieldKind.Text, (source, text) => source with { UserIdPath = text }),
        new(nameof(SourceDefinition.TimestampPath), SourceFieldKind.Text, (source, text) => source with { TimestampPath = text }),
        new(nameof(SourceDefinition.LimitHeader), SourceFieldKind.Header, (source, text) => source with { LimitHeader = text }),
        new(nameof(SourceDefinition.RemainingHeader), SourceFieldKind.Header, (source, text) => source with { RemainingHeader = text }),
        new(nameof(SourceDefinition.ResetHeader), SourceFieldKind.Header, (source, text) => source with { ResetHeader = text }),
    ];

    /// <summary>The name as clients write it.</summary>
    public string JsonName { get; } = char.ToLowerInvariant(Name[0]) + Name[1..];

    /// <summary>The field of a name, in any case; null when there is none.</summary>
    public static SourceField? Find(string name) => All.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public string? Check(string text) =>
        text.Length > Longest ? $"must be at most {Longest} characters long"
        : text.Any(char.IsControl) ? "must not contain control characters"
        : Kind switch
        {
            SourceFieldKind.Header => HeaderText.CheckName(text),
            SourceFieldKind.KeyHeader => HeaderText.CheckKeyHeader(text),
            SourceFieldKind.Prefix => HeaderText.CheckValue(text.TrimEnd()),
            SourceFieldKind.Route when text.Contains('#', StringComparison.Ordinal) => "must be without a fragment",
            _ => null,
        };
}

/// <summary>What a text of a source's definition holds.</summary>
internal enum SourceFieldKind
{
    /// <summary>A name or path in an answer or a query.</summary>
    Text,

    /// <summary>A header that is read.</summary>
    Header,

    /// <summary>The header that carries the key.</summary>
    KeyHeader,

    /// <summary>What stands before the key in it.</summary>
    Prefix,

    /// <summary>What is appended to the address; it may have a query.</summary>
    Route,
}

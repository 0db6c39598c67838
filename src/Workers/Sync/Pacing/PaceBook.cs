using System.Text.Json;

namespace BusIngest.Workers.Sync.Pacing;

/// <summary>The paces of a source, each that of one key: what one key may ask says nothing of another. Kept with the source's checkpoint.</summary>
public sealed record PaceBook
{
    private const int MostKeys = 16;

    /// <summary>By the key's fingerprint.</summary>
    public IReadOnlyDictionary<string, PaceState> Keys { get; init; } = new Dictionary<string, PaceState>(StringComparer.Ordinal);

    /// <summary>The fingerprint of the key that was used last, or is waited with; null: none was.</summary>
    public string? Last { get; init; }

    /// <summary>The pace of that key; null: there is none.</summary>
    public PaceState? Latest => Last is { } key ? Keys.GetValueOrDefault(key) : null;

    /// <summary>Reads what is kept. What an earlier release kept was of no key in particular, and is forgotten.</summary>
    public static PaceBook Parse(string? json) =>
        // Without keys in the text the serializer leaves null in their place.
        json is not null && JsonSerializer.Deserialize(json, PaceJson.Default.PaceBook) is { Keys: not null } kept ? kept : new PaceBook();

    /// <summary>The pace of a key.</summary>
    public PaceState Of(string key) => Keys.GetValueOrDefault(key) ?? new PaceState();

    /// <summary>With the pace of a key; those that were not used for the longest are forgotten.</summary>
    public PaceBook With(string key, PaceState pace)
    {
        var keys = Keys.Where(x => !string.Equals(x.Key, key, StringComparison.Ordinal)).OrderByDescending(x => x.Value.LastSentAt).Take(MostKeys - 1);
        return new PaceBook { Last = key, Keys = new Dictionary<string, PaceState>(keys, StringComparer.Ordinal) { [key] = pace } };
    }

    /// <summary>As it is kept.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, PaceJson.Default.PaceBook);
}

namespace BusIngest.Api.Hosting;

/// <summary>What is wrong with a body, by field.</summary>
internal sealed class FieldErrors
{
    private const int Many = 20;
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public bool AreNone => _errors.Count == 0;

    /// <summary>Whether there are so many that nobody reads on.</summary>
    public bool AreMany => _errors.Count >= Many;

    public IReadOnlyDictionary<string, string[]> ByField => _errors;

    /// <summary>Notes an error; the first of a field is kept.</summary>
    public void Add(string field, string error) => _errors.TryAdd(field, [error]);
}

namespace BusIngest.Bus.Storage;

/// <summary>
/// Finds prepared statements by their SQL without reading all of it for each row: mostly the text is the very object that was asked for
/// before, and few texts have the same length.
/// </summary>
internal sealed class SqlComparer : IEqualityComparer<string>
{
    public static readonly SqlComparer Instance = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj) => obj.Length == 0 ? 0 : (obj.Length << 16) ^ (obj[obj.Length / 2] << 8) ^ obj[^1];
}

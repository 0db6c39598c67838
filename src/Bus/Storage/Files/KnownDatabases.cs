using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage.Files;

/// <summary>The file `databases` of a data directory: which SQLite files it had when it was last begun with. One that is missing beside others is a loss
/// that must not be passed over; where all are, somebody wanted to begin anew.</summary>
internal static class KnownDatabases
{
    private const string FileName = "databases";

    /// <summary>Looks whether one of these is missing that was there.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="paths">The SQLite files that the program has there now.</param>
    /// <param name="logger">Told when all are missing.</param>
    /// <exception cref="StorageUnavailableException">One is, and others are there.</exception>
    public static void Check(string directory, IReadOnlyList<string> paths, ILogger logger)
    {
        var known = Read(directory);
        var expected = paths.Where(path => known.Contains(Path.GetFileName(path), StringComparer.Ordinal)).ToList();
        var missing = expected.Where(path => !File.Exists(path)).ToList();
        if (missing.Count == 0)
            return;

        if (missing.Count < expected.Count || expected.Count < known.Length && known.Any(name => File.Exists(Path.Combine(directory, name))))
        {
            var names = string.Join(", ", missing.Select(Path.GetFileName));
            throw new StorageUnavailableException(
                $"{names} is missing in DATA_DIR ({directory}), where it was. Restore it from a backup; to go on without what it held, make an empty one: touch {missing[0]}");
        }

        logger.LogWarning("{Directory} had SQLite files ({Files}) that are all gone; it is begun anew", directory, string.Join(", ", missing.Select(Path.GetFileName)));
    }

    /// <summary>Notes which there are, if that has changed. A full disk keeps nobody from starting.</summary>
    public static void Note(string directory, IReadOnlyList<string> paths, ILogger logger)
    {
        var names = paths.Select(path => Path.GetFileName(path)!).Concat(Read(directory).Where(name => File.Exists(Path.Combine(directory, name))))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (names.SequenceEqual(Read(directory), StringComparer.Ordinal))
            return;

        try
        {
            File.WriteAllLines(Path.Combine(directory, FileName), names);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{File} can't be written: {Reason}", Path.Combine(directory, FileName), exception.Message);
        }
    }

    private static string[] Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        return File.Exists(file) ? [.. File.ReadAllLines(file).Where(line => line.Length > 0 && string.Equals(Path.GetFileName(line), line, StringComparison.Ordinal))] : [];
    }
}

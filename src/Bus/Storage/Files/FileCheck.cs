namespace BusIngest.Bus.Storage.Files;

/// <summary>Looks at a SQLite file before it is used: a small one is checked as a whole, of a larger one the beginning of every table.</summary>
internal static class FileCheck
{
    /// <summary>Up to this size the whole file is read: a fraction of a second.</summary>
    private const long SmallFile = 64L << 20;

    private const string Tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0";

    /// <summary>Checks one. What is not there, or empty, is fine: it is made anew.</summary>
    /// <exception cref="StorageUnavailableException">It is damaged, or can't be read.</exception>
    public static void Run(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
            return;

        try
        {
            using var session = SqliteSession.OpenReader(path);
            if (file.Length <= SmallFile)
                CheckAll(session, path);
            else
                CheckTables(session);
        }
        catch (SqliteFailureException exception) when (FileDamage.IsDamage(exception.Code))
        {
            throw new StorageUnavailableException(FileDamage.Describe(path, exception.Message), exception);
        }
        catch (SqliteFailureException exception)
        {
            throw new StorageUnavailableException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static void CheckAll(SqliteSession session, string path)
    {
        var check = session.Statement("PRAGMA quick_check(1)");
        var words = check.Read() ? check.Text(0) : null;
        check.Reset();
        if (!string.Equals(words, "ok", StringComparison.Ordinal))
            throw new StorageUnavailableException(FileDamage.Describe(path, words?.ReplaceLineEndings(" ") ?? "no answer"));
    }

    private static void CheckTables(SqliteSession session)
    {
        var names = new List<string>();
        var tables = session.Statement(Tables);
        while (tables.Read())
            names.Add(tables.Text(0)!);
        foreach (var name in names)
            session.Execute($"SELECT 1 FROM \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" LIMIT 1");
    }
}

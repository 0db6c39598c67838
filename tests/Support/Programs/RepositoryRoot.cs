namespace BusIngest.Support.Programs;

/// <summary>Where the sources are that a test was built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The directory of global.json above the test's own.</summary>
    /// <exception cref="DirectoryNotFoundException">The test was copied out of the repository.</exception>
    public static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "global.json")))
                return at.FullName;
        }

        throw new DirectoryNotFoundException($"No global.json above {AppContext.BaseDirectory}");
    }
}

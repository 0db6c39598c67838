namespace BusIngest.Support.Programs;

/// <summary>Programs of the tests' own, as they were built beside the tests.</summary>
public static class SiblingProgram
{
    /// <summary>The executable of a project of tests/, in the configuration of the tests that run.</summary>
    /// <param name="project">The project's name.</param>
    /// <exception cref="InvalidOperationException">It is not built.</exception>
    public static string Executable(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var executable = Path.Combine(
            RepositoryRoot.Find(), "tests", project, "bin", here.Parent!.Name, here.Name, $"BusIngest.{project}");
        return File.Exists(executable) ? executable : throw new InvalidOperationException($"There is no {executable}");
    }
}

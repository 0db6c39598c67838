using System.Diagnostics;

namespace BusIngest.Support.Programs;

/// <summary>The published program: what BUSINGEST_PUBLISH_DIR holds, or else published here once per test run.</summary>
public static class Publication
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>The program's executable, absolute.</summary>
    /// <exception cref="InvalidOperationException">It could not be published; the message holds the compiler's output.</exception>
    public static async Task<string> ExecutableAsync()
    {
        var executable = Path.Combine(await Published.Value, "BusIngest.Api");
        return File.Exists(executable) ? executable : throw new InvalidOperationException($"There is no {executable}");
    }

    private static async Task<string> PublishAsync()
    {
        if (Environment.GetEnvironmentVariable("BUSINGEST_PUBLISH_DIR") is { Length: > 0 } given)
            return Path.GetFullPath(given);

        var directory = Directory.CreateTempSubdirectory("busingest-publish-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "publish", Path.Combine(RepositoryRoot.Find(), "src", "Api"), "-c", "Release", "--use-current-runtime", "--self-contained", "false", "-o", directory, "-nodeReuse:false" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? directory
            : throw new InvalidOperationException($"dotnet publish failed:\n{string.Concat(output)}");
    }
}

using System.Diagnostics;

namespace BusIngest.Support.Operating;

/// <summary>Runs scripts.</summary>
public static class Shell
{
    /// <summary>Whether programs are on the path.</summary>
    public static bool Has(params IEnumerable<string> programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return programs.All(program => folders.Any(folder => File.Exists(Path.Combine(folder, program))));
    }

    /// <summary>Runs a script in a folder.</summary>
    /// <param name="script">For /bin/sh; the first command that fails ends it.</param>
    /// <param name="folder">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="environment">Variables.</param>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static async Task RunAsync(
        string script, string folder, CancellationToken cancellationToken, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-e", "-c", script },
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start");
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The script failed with {process.ExitCode}:\n{string.Concat(output)}");
    }
}

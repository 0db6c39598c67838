using System.ComponentModel;
using System.Diagnostics;
using BusIngest.Support.Programs;

namespace BusIngest.Support.Servers;

/// <summary>Runs deploy/cluster.sh on one directory.</summary>
/// <param name="directory">CLUSTER_DIR.</param>
internal sealed class ClusterScript(string directory)
{
    // The script's own waits end far before this.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs one command and returns when it is done.</summary>
    /// <exception cref="InvalidOperationException">It failed, as where a server is not installed; the message holds what it printed.</exception>
    public async Task RunAsync(string command, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var publication = await PublicationAsync(command, arguments);
        var start = new ProcessStartInfo(Path.Combine(RepositoryRoot.Find(), "deploy", "cluster.sh"))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.ArgumentList.Add(command);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        ClusterEnvironment.Apply(start.Environment, directory, publication);

        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(both.Token), process.StandardError.ReadToEndAsync(both.Token));
            await process.WaitForExitAsync(both.Token);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"cluster.sh {command} {string.Join(' ', arguments)} failed with {process.ExitCode}:\n{string.Concat(output)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Stops everything and removes the directory, without waiting for it: for the end of the tests' process.</summary>
    public void Abandon()
    {
        var start = new ProcessStartInfo("setsid")
        {
            ArgumentList = { Path.Combine(RepositoryRoot.Find(), "deploy", "cluster.sh"), "down", "--purge" },
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        ClusterEnvironment.Apply(start.Environment, directory, publication: null);
        Process.Start(start)?.Dispose();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{start.FileName} did not start: {e.Message}", e);
        }
    }

    private static async Task<string?> PublicationAsync(string command, IEnumerable<string> names) =>
        command is "up" or "restart" && names.Any(ClusterNames.IsProgram) ? Path.GetDirectoryName(await Publication.ExecutableAsync()) : null;
}

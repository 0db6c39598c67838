using System.ComponentModel;
using System.Diagnostics;

namespace BusIngest.AppHost;

/// <summary>Whether containers can be started here.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    /// <summary>Whether Docker or Podman is here, and runs: Docker's command alone starts nothing.</summary>
    public static async Task<bool> RunsAsync() => await AnswersAsync("docker") || await AnswersAsync("podman");

    private static async Task<bool> AnswersAsync(string command)
    {
        using var deadline = new CancellationTokenSource(AnswersWithin);
        try
        {
            using var asking = Process.Start(new ProcessStartInfo(command, "info") { RedirectStandardOutput = true, RedirectStandardError = true });
            if (asking is null)
                return false;

            try
            {
                await Task.WhenAll(
                    asking.StandardOutput.ReadToEndAsync(deadline.Token), asking.StandardError.ReadToEndAsync(deadline.Token), asking.WaitForExitAsync(deadline.Token));
                return asking.ExitCode == 0;
            }
            catch (OperationCanceledException)
            {
                asking.Kill(entireProcessTree: true);
                return false;
            }
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return false;
        }
    }
}

using System.Diagnostics;
using BusIngest.Support.Servers;

namespace BusIngest.Integration.RabbitMq;

/// <summary>rabbitmqctl, on the broker of a cluster.</summary>
internal static class RabbitMqControl
{
    /// <summary>Runs one command.</summary>
    public static async Task RunAsync(Cluster cluster, CancellationToken cancellationToken, params string[] command)
    {
        var program = Directory.EnumerateFiles("/usr/lib/rabbitmq/lib", "rabbitmqctl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        var ports = File.ReadLines(Path.Combine(cluster.DirectoryPath, "ports")).Select(line => line.Split('=')).ToDictionary(x => x[0], x => x[1], StringComparer.Ordinal);
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = Path.Combine(cluster.DirectoryPath, "data", "rabbitmq", "home");
        start.Environment["ERL_EPMD_PORT"] = ports["rabbitmq-epmd"];
        start.Environment["RABBITMQ_CONF_ENV_FILE"] = "/dev/null";
        start.ArgumentList.Add("-n");
        start.ArgumentList.Add($"busingest{ports["rabbitmq"]}@localhost");
        foreach (var argument in command)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, string.Concat(output));
    }
}

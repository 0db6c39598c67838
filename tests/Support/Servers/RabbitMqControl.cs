using System.Diagnostics;

namespace BusIngest.Support.Servers;

/// <summary>rabbitmqctl, on the broker of a cluster.</summary>
public static class RabbitMqControl
{
    // The configuration that cluster.sh writes.
    private const string UsualWatermark = "1GB";

    /// <summary>The memory alarm: the broker blocks every connection that publishes.</summary>
    public static Task RaiseAlarmAsync(Cluster cluster, CancellationToken cancellationToken) =>
        RunAsync(cluster, cancellationToken, "set_vm_memory_high_watermark", "0.00001");

    /// <summary>Ends it.</summary>
    public static Task ClearAlarmAsync(Cluster cluster, CancellationToken cancellationToken) =>
        RunAsync(cluster, cancellationToken, "set_vm_memory_high_watermark", "absolute", UsualWatermark);

    /// <summary>Runs one command.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
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
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', command)} failed with {process.ExitCode}:\n{string.Concat(output)}");
    }
}

using System.Diagnostics;
using System.Globalization;
using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks;

/// <summary>wrk, which takes far less of the machine than a client in .NET.</summary>
internal static class WrkClient
{
    private const string Program = "wrk";
    private const string ResultMark = "result ";

    /// <summary>Whether it is there.</summary>
    public static bool IsInstalled { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>Posts a body over and over.</summary>
    public static async Task<LoadResult> PostAsync(WorkFolder folder, Uri address, byte[] body, int connections, TimeSpan duration)
    {
        await File.WriteAllBytesAsync(folder.File("body.json"), body);
        return await RunAsync(folder, address, PostScript(folder.File("body.json")), connections, duration);
    }

    /// <summary>Makes requests as a script says.</summary>
    /// <param name="folder">Where the script goes.</param>
    /// <param name="address">What is asked, unless the script says otherwise.</param>
    /// <param name="script">Sets `wrk`'s fields, or defines `request`.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="duration">For how long.</param>
    public static async Task<LoadResult> RunAsync(WorkFolder folder, Uri address, string script, int connections, TimeSpan duration)
    {
        var path = folder.File($"wrk-{Path.GetRandomFileName()}.lua");
        await File.WriteAllTextAsync(path, script + Report);
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
            ["-t1", $"-c{connections}", $"-d{duration.TotalSeconds:0}s", "--latency", "--timeout", "10s", "-s", path, address.ToString()];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return Read(output);
    }

    private const string Report = $$"""

        done = function(summary, latency, requests)
          local e = summary.errors
          print(string.format("{{ResultMark}}%d %d %d %d %d %d", summary.requests, summary.duration,
            e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99), latency.max))
        end
        """;

    private static string PostScript(string bodyPath) => $"""
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        local file = assert(io.open("{bodyPath}", "rb"))
        wrk.body = file:read("*a")
        file:close()
        """;

    private static LoadResult Read(string output)
    {
        var line = output.Split('\n').FirstOrDefault(x => x.StartsWith(ResultMark, StringComparison.Ordinal))
            ?? throw new BenchException($"wrk failed:\n{output}");
        var numbers = line[ResultMark.Length..].Split(' ').Select(x => long.Parse(x, CultureInfo.InvariantCulture)).ToArray();
        var (requests, microseconds, errors) = (numbers[0], numbers[1], numbers[2]);
        return new LoadResult(
            requests,
            errors,
            requests * 1e6 / microseconds,
            [new("p50 ms", numbers[3] / 1e3), new("p99 ms", numbers[4] / 1e3), new("max ms", numbers[5] / 1e3)]);
    }
}

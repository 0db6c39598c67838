using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks.Events;

/// <summary>Runs the program's own `seed-events`.</summary>
internal static partial class EventSeeding
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    /// <summary>Seeds into the program's data directory of a folder.</summary>
    /// <returns>Events a second by the command's own account, and seconds from its start to its end.</returns>
    public static async Task<(double PerSecond, double Seconds)> RunAsync(BenchOptions options, WorkFolder folder, long events, double whale)
    {
        var start = Programs.Own(options, folder, ("SEEDER_ENABLED", "false"));
        string[] arguments = ["seed-events", $"{events}", "--whale", whale.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var begun = Stopwatch.GetTimestamp();
        using var program = Process.Start(start)!;
        var (text, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        await program.WaitForExitAsync(deadline.Token);
        var output = await text + await errors;
        if (program.ExitCode != 0 || Rate().Match(output) is not { Success: true } rate)
            throw new BenchException($"seed-events ended with {program.ExitCode}:\n{output}");
        return (double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture), Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    [GeneratedRegex(@" s: (?<rate>[\d,]+) events/s", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rate();
}

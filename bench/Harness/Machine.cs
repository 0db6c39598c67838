using System.Runtime.InteropServices;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Harness;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string LoadAverage = "/proc/loadavg";

    /// <summary>Prints it; the load tells whether anything else was running.</summary>
    public static void Describe(string directory)
    {
        using var sqlite = BareDriver.Open(":memory:");
        using var version = BareDriver.Prepare(sqlite, "SELECT sqlite_version()");
        var load = File.Exists(LoadAverage) ? File.ReadAllText(LoadAverage).Split(' ')[0] : "unknown";
        var disk = new DriveInfo(directory);
        Console.WriteLine($"""
            {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm}Z  {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, load {load}
            {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, SQLite {version.ExecuteScalar()}, {disk.DriveFormat} at {directory}
            """);
    }

    private static string Processor()
    {
        const string path = "/proc/cpuinfo";
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(x => x.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}

using System.Diagnostics;

namespace BusIngest.Bench.Harness;

/// <summary>What a process has used up to now.</summary>
/// <param name="At">When, as <see cref="Stopwatch"/> ticks.</param>
/// <param name="Cpu">Processor time since its start.</param>
/// <param name="ResidentMegabytes">Its memory (RSS) in MB.</param>
internal readonly record struct ProcessUsage(long At, TimeSpan Cpu, double ResidentMegabytes)
{
    public static ProcessUsage Read(Process process)
    {
        process.Refresh();
        return new ProcessUsage(Stopwatch.GetTimestamp(), process.TotalProcessorTime, process.WorkingSet64 / 1e6);
    }

    /// <summary>The processor time since then, in % of one core.</summary>
    public double CpuPercentSince(ProcessUsage earlier) => 100 * (Cpu - earlier.Cpu) / Stopwatch.GetElapsedTime(earlier.At, At);
}

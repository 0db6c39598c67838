using System.Globalization;

namespace BusIngest.Support;

/// <summary>What a bound of time means on a machine that others use too.</summary>
public static class MachineLoad
{
    /// <summary>So many processes that want to run on each core slow down none of the tests that has a bound.</summary>
    private const double FreeUpTo = 4;

    private const string File = "/proc/loadavg";

    /// <summary>The bound as it is; longer only while far more wants to run than there are cores.</summary>
    public static TimeSpan Stretch(TimeSpan bound) => bound * Math.Max(1, PerCore() / FreeUpTo);

    /// <summary>The mean of the last minute (proc_loadavg(5)); 0 where the system does not tell.</summary>
    private static double PerCore() => System.IO.File.Exists(File)
        ? double.Parse(System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture) / Environment.ProcessorCount
        : 0;
}

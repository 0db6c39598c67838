using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace BusIngest.Bus.Telemetry;

/// <summary>What everything that is measured belongs to.</summary>
public static class Meters
{
    /// <summary>The name to listen to. Instruments are by this name in every part of the program.</summary>
    public const string Name = "BusIngest";

    /// <summary>Measures for as long as the process lives, whoever listens.</summary>
    public static readonly Meter Shared = new(Name);

    /// <summary>Bounds of what takes from half a millisecond to ten seconds.</summary>
    public static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Bounds of what should be on time, and may be late by minutes.</summary>
    public static readonly InstrumentAdvice<double> Lateness = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600],
    };

    /// <summary>Makes the instruments of a class, which are then named before anything is measured by them.</summary>
    public static void Prepare(Type instruments) => RuntimeHelpers.RunClassConstructor(instruments.TypeHandle);

    /// <summary>Makes a histogram of seconds.</summary>
    public static Histogram<double> Seconds(string name, string description, InstrumentAdvice<double> bounds) =>
        Shared.CreateHistogram(name, "s", description, tags: null, bounds);
}

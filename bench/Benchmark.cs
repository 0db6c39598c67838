using BusIngest.Bench.Harness;

namespace BusIngest.Bench;

/// <summary>Something that is measured, beside a raw twin: the least code that keeps the same promise without the project's.</summary>
internal abstract class Benchmark
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line that says what is measured.</summary>
    public abstract string Summary { get; }

    /// <summary>What is measured in every run, in this order.</summary>
    public abstract IReadOnlyList<Subject> Subjects(BenchOptions options);

    /// <summary>What the others are held against; measured in every run, in the same process, after them.</summary>
    public abstract Subject Twin(BenchOptions options);
}

/// <summary>One thing to measure.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="MeasureAsync">Measures it once.</param>
internal sealed record Subject(string Name, Func<Task<Measurement>> MeasureAsync);

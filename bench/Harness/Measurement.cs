namespace BusIngest.Bench.Harness;

/// <summary>What one run of one subject gave.</summary>
/// <param name="Figures">The figures, the most important first.</param>
internal sealed record Measurement(params IReadOnlyList<Figure> Figures);

/// <summary>A number with a name.</summary>
/// <param name="Name">With its unit: `cars/s`, `p99 ms`.</param>
/// <param name="Value">The number.</param>
internal readonly record struct Figure(string Name, double Value)
{
    public override string ToString() => $"{Name} {Format(Value)}";

    /// <summary>Four digits at least, and no more decimals than mean something.</summary>
    public static string Format(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,##0"),
        >= 10 => value.ToString("0.0"),
        _ => value.ToString("0.00"),
    };
}

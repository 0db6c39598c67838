namespace BusIngest.Bench.Harness;

/// <summary>The table that goes into the ledger.</summary>
internal static class Medians
{
    /// <summary>Prints the median of every figure, beside the twin's figure of the same name.</summary>
    public static void Print(IReadOnlyList<Subject> subjects, Subject twin, IReadOnlyDictionary<Subject, List<Measurement>> results)
    {
        Console.WriteLine();
        Console.WriteLine($"  | median of {results[twin].Count} | figure | value | twin | ratio |");
        Console.WriteLine("  |---|---|---|---|---|");
        foreach (var subject in subjects)
        {
            if (ReferenceEquals(subject, twin))
                continue;

            foreach (var name in results[subject][0].Figures.Select(figure => figure.Name))
            {
                var own = Median(results[subject], name)!.Value;
                var other = Median(results[twin], name);
                Console.WriteLine(
                    $"  | {subject.Name} | {name} | {Figure.Format(own)} | {(other is { } value ? Figure.Format(value) : "")} | {Ratio(own, other)} |");
            }
        }
    }

    private static string Ratio(double own, double? twin) => twin is { } other && Math.Abs(other) > double.Epsilon ? Figure.Format(own / other) : "";

    private static double? Median(List<Measurement> measurements, string name)
    {
        double[] values =
        [
            .. measurements
                .SelectMany(measurement => measurement.Figures)
                .Where(figure => string.Equals(figure.Name, name, StringComparison.Ordinal))
                .Select(figure => figure.Value)
                .Order(),
        ];
        return values.Length switch
        {
            0 => null,
            var count when count % 2 == 1 => values[count / 2],
            var count => (values[(count / 2) - 1] + values[count / 2]) / 2,
        };
    }
}

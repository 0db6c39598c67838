namespace BusIngest.Bench.Harness;

/// <summary>Measures every subject and its twin by turns, so that a change of the machine's mood meets both.</summary>
internal static class Runner
{
    /// <summary>Runs benchmarks, printing every run and the medians.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<Benchmark> benchmarks, BenchOptions options)
    {
        Machine.Describe(options.Directory);
        foreach (var benchmark in benchmarks)
            await RunAsync(benchmark, options);
        return 0;
    }

    private static async Task RunAsync(Benchmark benchmark, BenchOptions options)
    {
        Console.WriteLine();
        Console.WriteLine($"{benchmark.Name}: {benchmark.Summary}");
        var twin = benchmark.Twin(options);
        Subject[] subjects = [.. benchmark.Subjects(options), twin];
        var results = subjects.ToDictionary(subject => subject, _ => new List<Measurement>());
        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var subject in subjects)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
                var measured = await subject.MeasureAsync();
                results[subject].Add(measured);
                var ratio = ReferenceEquals(subject, twin) ? RatioText(results, subjects, twin) : "";
                Console.WriteLine($"  run {run} {subject.Name,-28} {string.Join("  ", measured.Figures)}{ratio}");
            }
        }

        Medians.Print(subjects, twin, results);
    }

    /// <summary>How the subjects of this run compare with the twin, by the first figure.</summary>
    private static string RatioText(Dictionary<Subject, List<Measurement>> results, Subject[] subjects, Subject twin) =>
        "  ratio " + string.Join(", ", subjects
            .Where(subject => !ReferenceEquals(subject, twin))
            .Select(subject => Figure.Format(results[subject][^1].Figures[0].Value / results[twin][^1].Figures[0].Value)));
}

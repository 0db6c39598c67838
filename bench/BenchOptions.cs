using System.Globalization;

namespace BusIngest.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchOptions
{
    private const string Usage = """
        usage: bench <name>|all|list [--runs 5] [--seconds N] [--client wrk|dotnet] [--program PATH] [--dir PATH] [--set NAME=VALUE]...
          --runs     how often each is measured, 1-100; the median counts
          --seconds  how long a measurement takes; every benchmark has its own default
          --client   what makes the requests of `http`, `timers-http` and `timers-waiting`
          --program  the built program; default: src/Api's Release build
          --dir      where the files go, on the disk that is to be measured; default: the folder for temporary files
          --set      an environment variable for the program (DOTNET_GCgen0size=0x4000000, Outbox__MaxChunkRecords=500)
        """;

    /// <summary>A benchmark's name, `all`, or `list`.</summary>
    public required string Name { get; init; }

    /// <summary>How often each is measured.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>How long one measurement takes; null: as the benchmark says.</summary>
    public int? Seconds { get; init; }

    /// <summary>What makes the requests: wrk or dotnet; null: wrk where it is installed.</summary>
    public string? Client { get; init; }

    /// <summary>The built program; null: found in the repository.</summary>
    public string? Program { get; init; }

    /// <summary>Where the files go.</summary>
    public string Directory { get; init; } = Path.GetTempPath();

    /// <summary>Environment variables for the program.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long one measurement takes.</summary>
    public TimeSpan Duration(int seconds) => TimeSpan.FromSeconds(Seconds ?? seconds);

    /// <summary>The benchmarks that were asked for.</summary>
    /// <exception cref="BenchException">There is none of that name.</exception>
    public IReadOnlyList<Benchmark> Select(IReadOnlyList<Benchmark> benchmarks)
    {
        if (string.Equals(Name, "all", StringComparison.Ordinal))
            return benchmarks;

        return benchmarks.FirstOrDefault(benchmark => string.Equals(benchmark.Name, Name, StringComparison.Ordinal)) is { } one
            ? [one]
            : throw new BenchException($"There is no benchmark {Name}.\n{Usage}");
    }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="BenchException">They can't be read.</exception>
    public static BenchOptions Parse(string[] args)
    {
        if (args.Length == 0 || args.Length % 2 == 0)
            throw new BenchException(Usage);

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = new BenchOptions { Name = args[0], Variables = variables };
        for (var i = 1; i < args.Length; i += 2)
        {
            var value = args[i + 1];
            options = args[i] switch
            {
                "--runs" => options with { Runs = Number(value, 100) },
                "--seconds" => options with { Seconds = Number(value, 3_600) },
                "--client" when value is "wrk" or "dotnet" => options with { Client = value },
                "--program" => options with { Program = Path.GetFullPath(value) },
                "--dir" => options with { Directory = Path.GetFullPath(value) },
                "--set" when value.IndexOf('=', StringComparison.Ordinal) is > 0 and var at => options.Set(variables, value[..at], value[(at + 1)..]),
                _ => throw new BenchException(Usage),
            };
        }

        return options;
    }

    private BenchOptions Set(Dictionary<string, string> variables, string name, string value)
    {
        variables[name] = value;
        return this;
    }

    private static int Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new BenchException(Usage);
}

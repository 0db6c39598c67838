using System.Globalization;
using System.Text.RegularExpressions;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Telemetry;

/// <summary>A page of /metrics, read strictly by the text format's rules.</summary>
internal sealed partial class PrometheusLines
{
    private PrometheusLines(IReadOnlyDictionary<string, string> types, IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> samples)
    {
        Types = types;
        Samples = samples;
    }

    /// <summary>The metrics, each with its type.</summary>
    public IReadOnlyDictionary<string, string> Types { get; }

    /// <summary>The lines that are no comments.</summary>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> Samples { get; }

    /// <summary>Asks a service.</summary>
    public static async Task<PrometheusLines> ReadAsync(RunningService service) =>
        Parse(await service.Http.GetStringAsync("metrics", TestContext.Current.CancellationToken));

    /// <summary>Reads a page.</summary>
    public static PrometheusLines Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var samples = new List<(string, IReadOnlyDictionary<string, string>, double)>();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                types.Add(parts[2], parts[3]);
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var match = Sample().Match(line);
                Assert.True(match.Success, line);
                var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(
                    label => label.Groups["name"].Value, label => Regex.Unescape(label.Groups["value"].Value), StringComparer.Ordinal);
                samples.Add((match.Groups["name"].Value, labels, Number(match.Groups["value"].Value)));
            }
        }

        Assert.Equal(samples.Count, samples.Select(sample => $"{sample.Item1} {string.Join(',', sample.Item2)}").Distinct(StringComparer.Ordinal).Count());
        return new PrometheusLines(types, samples);
    }

    /// <summary>The value of the one line of this name that has these labels, among others perhaps; null where there is none.</summary>
    public double? Find(string name, params (string Name, string Value)[] labels)
    {
        var found = Samples.Where(sample => string.Equals(sample.Name, name, StringComparison.Ordinal)
            && labels.All(label => sample.Labels.TryGetValue(label.Name, out var value) && string.Equals(value, label.Value, StringComparison.Ordinal))).ToList();
        return found.Count == 0 ? null : Assert.Single(found).Value;
    }

    private static double Number(string text) => text is "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)+)\})? (?<value>[-+0-9.eEInf]+|NaN)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\["\\n])*)",?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}

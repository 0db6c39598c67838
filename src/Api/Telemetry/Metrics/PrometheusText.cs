using System.Globalization;
using System.Text;

namespace BusIngest.Api.Telemetry.Metrics;

/// <summary>Writes metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/).</summary>
internal static class PrometheusText
{
    /// <summary>Its version 0.0.4.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes them; one that nothing was measured of yet is named all the same.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Description)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(NameOf(family.Kind)).Append('\n');
            foreach (var series in family.Series())
            {
                if (family.Bounds is { } bounds)
                    WriteHistogram(text, family.Name, bounds, series);
                else
                    WriteLine(text, family.Name, series.Tags, bound: null, series.Read().Value);
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, IReadOnlyList<double> bounds, MetricSeries series)
    {
        var (sum, count, buckets) = series.Read();
        var below = 0L;
        for (var i = 0; i < bounds.Count; i++)
        {
            below += buckets[i];
            WriteLine(text, $"{name}_bucket", series.Tags, bounds[i], below);
        }

        WriteLine(text, $"{name}_bucket", series.Tags, double.PositiveInfinity, count);
        WriteLine(text, $"{name}_sum", series.Tags, bound: null, sum);
        WriteLine(text, $"{name}_count", series.Tags, bound: null, count);
    }

    private static void WriteLine(
        StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, object?>> tags, double? bound, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (key, tag) in tags)
        {
            text.Append(separator).Append(LabelOf(key)).Append("=\"").Append(Escape(Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "", quotes: true)).Append('"');
            separator = ',';
        }

        if (bound is { } most)
        {
            text.Append(separator).Append("le=\"").Append(Write(most)).Append('"');
            separator = ',';
        }

        text.Append(separator == '{' ? "" : "}").Append(' ').Append(Write(value)).Append('\n');
    }

    private static string Write(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string LabelOf(string key) => string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Escape(string text, bool quotes = false)
    {
        var escaped = text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string NameOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}

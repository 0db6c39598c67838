using System.Diagnostics.Metrics;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The figures of one moment, as they are looked up.</summary>
internal sealed class FigureSheet
{
    private readonly Dictionary<Figure, List<Measurement<double>>> _values = [];

    /// <summary>Writes one down; one that is not known is left out.</summary>
    public void Add(Figure figure, double? value, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        if (value is not { } known)
            return;

        if (!_values.TryGetValue(figure, out var values))
            _values[figure] = values = [];

        var pairs = new KeyValuePair<string, object?>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
            pairs[i] = new(tags[i].Name, tags[i].Value);
        values.Add(new Measurement<double>(known, pairs));
    }

    /// <summary>What is known of a figure.</summary>
    public IReadOnlyList<Measurement<double>> Of(Figure figure) => _values.GetValueOrDefault(figure) ?? [];

    /// <summary>Takes over all of another sheet.</summary>
    public void Add(FigureSheet other)
    {
        foreach (var (figure, values) in other._values)
        {
            if (_values.TryGetValue(figure, out var known))
                known.AddRange(values);
            else
                _values[figure] = values;
        }
    }
}

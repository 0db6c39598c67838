using System.Diagnostics;
using System.Globalization;

namespace BusIngest.Bus.Telemetry;

/// <summary>
/// The spans that the records of a chunk come from, gathered while it fills, and kept with its row: `00-…-01;00-…-01@17`, where the number is the
/// place of the span's first record, unless that is the first of all.
/// </summary>
internal sealed class RecordTraces
{
    /// <summary>Between two spans.</summary>
    public const char Separator = ';';

    /// <summary>Before a place.</summary>
    private const char Place = '@';

    /// <summary>A chunk of a thousand callers does not tell of each: the rest is in the same chunk, and on the same way.</summary>
    private const int Most = 64;

    private readonly List<(int First, string Span)> _spans = [];

    /// <summary>Adds the current span to those of a chunk, if there is one and it is kept by whoever listens.</summary>
    /// <param name="traces">Those of the chunk; null: none so far.</param>
    /// <param name="first">The place of the first record that comes from it.</param>
    public static RecordTraces? Note(RecordTraces? traces, int first)
    {
        if (!Tracing.IsOn || Activity.Current is not { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id })
            return traces;

        traces ??= new RecordTraces();
        if (traces._spans.Count < Most)
            traces._spans.Add((first, id));
        return traces;
    }

    /// <summary>The spans of one message that carries all records.</summary>
    public static string? OfAll(string? traces) =>
        traces is null ? null : string.Join(Separator, traces.Split(Separator).Select(span => span.Split(Place)[0]));

    /// <summary>The span of one record.</summary>
    public static string? Of(string? traces, int place)
    {
        string? found = null;
        foreach (var span in traces?.Split(Separator) ?? [])
        {
            var at = span.IndexOf(Place, StringComparison.Ordinal);
            var first = at < 0 ? 0 : int.TryParse(span.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
            if (first > place)
                break;

            found = at < 0 ? span : span[..at];
        }

        return found;
    }

    /// <summary>The spans of several chunks that travel as one.</summary>
    public static string? Join(IEnumerable<string?> traces)
    {
        var all = string.Join(Separator, traces.Where(trace => trace is not null).SelectMany(trace => OfAll(trace)!.Split(Separator)).Distinct(StringComparer.Ordinal).Take(Most));
        return all.Length == 0 ? null : all;
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(
        Separator, _spans.Select(span => span.First == 0 ? span.Span : string.Create(CultureInfo.InvariantCulture, $"{span.Span}{Place}{span.First}")));
}

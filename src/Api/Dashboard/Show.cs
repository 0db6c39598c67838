using System.Globalization;

namespace BusIngest.Api.Dashboard;

/// <summary>Figures and times as people read them.</summary>
internal static class Show
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A count, in groups of three digits.</summary>
    public static string Count(long count) => count.ToString("N0", Culture);

    /// <summary>A count a second.</summary>
    public static string Rate(double rate) => rate switch
    {
        0 => "0",
        < 10 => rate.ToString("0.0", Culture),
        _ => rate.ToString("N0", Culture),
    };

    /// <summary>A percentage with one decimal.</summary>
    public static string Percent(double? percent) => percent is { } known ? string.Create(Culture, $"{known:0.0} %") : "–";

    /// <summary>A duration with two units at most; a dash where there is none.</summary>
    /// <param name="milliseconds">How long.</param>
    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => "–",
        < 1_000 => $"{milliseconds} ms",
        < 60_000 => string.Create(Culture, $"{milliseconds / 1_000.0:0.0} s"),
        < 3_600_000 => $"{milliseconds / 60_000} min {milliseconds / 1_000 % 60} s",
        < 86_400_000 => $"{milliseconds / 3_600_000} h {milliseconds / 60_000 % 60} min",
        _ => $"{milliseconds / 86_400_000} d {milliseconds / 3_600_000 % 24} h",
    };

    /// <summary>How much longer something took; with a minus: shorter.</summary>
    /// <param name="milliseconds">By how much.</param>
    public static string Difference(long milliseconds) => $"{(milliseconds < 0 ? '−' : '+')}{Duration(Math.Abs(milliseconds))}";

    /// <summary>A time of day (UTC), to the second; a dash where there is none.</summary>
    public static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("HH:mm:ss", Culture) : "–";

    /// <summary>A date and time (UTC), to the second; a dash where there is none.</summary>
    public static string Date(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", Culture) : "–";

    /// <summary>The beginning of an id, which is enough to tell one from another.</summary>
    public static string Short(Guid id) => id.ToString("N")[^8..];

    /// <summary>A type's name without its namespace.</summary>
    public static string TypeName(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>A number in an SVG attribute.</summary>
    public static string Number(double number) => number.ToString("0.##", Culture);
}

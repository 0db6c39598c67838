using System.Globalization;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Events;

/// <summary>The window of a summary as a client asks for it: one that goes with the time, or a fixed one.</summary>
/// <param name="Name">What the answer calls it: `last_24h`, `last_7d`, or an interval of ISO 8601.</param>
/// <param name="Length">How far one that goes with the time reaches back; null: it is fixed.</param>
/// <param name="From">The first moment of a fixed one.</param>
/// <param name="To">The first moment after it.</param>
internal readonly record struct SummaryWindow(string Name, TimeSpan? Length, DateTimeOffset From, DateTimeOffset To)
{
    private const string Day = "last_24h";
    private const string Week = "last_7d";

    /// <summary>The windows that have a name, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Day, Week];

    /// <summary>Reads `window`, or `from` and `to`, of a query; without any it is the last 24 hours, without `to` it ends now.</summary>
    /// <returns>Whether they are right; if not, the errors say what is wrong.</returns>
    public static bool TryRead(string? window, string? from, string? to, DateTimeOffset now, FieldErrors errors, out SummaryWindow read)
    {
        read = default;
        if (from is null && to is null)
            return TryReadName(window ?? Day, errors, out read);

        if (window is not null)
            errors.Add("window", "must not be given together with from and to");
        if (from is null)
            errors.Add("from", "is required with to");
        var (first, end) = (Time("from", from, errors) ?? now, Time("to", to, errors) ?? now);
        if (errors.AreNone && first > end)
            errors.Add("from", "must not be after to");
        read = new SummaryWindow($"{Text(first)}/{Text(end)}", null, first, end);
        return errors.AreNone;
    }

    /// <summary>The moments that it is between now. One that goes with the time has the millisecond that is running.</summary>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now) =>
        Length is { } length ? (now - length, now + TimeSpan.FromMilliseconds(1)) : (From, To);

    private static bool TryReadName(string name, FieldErrors errors, out SummaryWindow read)
    {
        TimeSpan? length = name switch
        {
            Day => TimeSpan.FromDays(1),
            Week => TimeSpan.FromDays(7),
            _ => null,
        };
        read = new SummaryWindow(name, length, default, default);
        if (length is null)
            errors.Add("window", $"must be {Day} or {Week}");
        return length is not null;
    }

    private static DateTimeOffset? Time(string field, string? text, FieldErrors errors)
    {
        if (errors.Time(field, text) is not { } time)
            return null;
        if (time >= DateTimeOffset.UnixEpoch)
            return time;

        errors.Add(field, "must be from 1970 on");
        return null;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

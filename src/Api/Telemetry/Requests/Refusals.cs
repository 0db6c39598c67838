using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Api.Telemetry.Requests;

/// <summary>Counts what was refused for what it would have cost, or for who asked, by what it was.</summary>
internal static class Refusals
{
    private static readonly Counter<long> Refused = Meters.Shared.CreateCounter<long>(
        "busingest.http.refused", description: "Bodies, connections, names, keys, logins, pages, requests past a limit, summaries and records that were refused, by what");

    private static readonly ConcurrentDictionary<string, long> Counts = new(StringComparer.Ordinal);

    /// <summary>Has the metric be there from the start, before anything was refused.</summary>
    public static void Register() => Refused.Add(0, new KeyValuePair<string, object?>("what", "connection"));

    /// <summary>How many there were of each since the start.</summary>
    public static IEnumerable<KeyValuePair<string, long>> Read() => Counts.OrderBy(count => count.Key, StringComparer.Ordinal);

    /// <summary>Counts one.</summary>
    /// <param name="what">One of a few words.</param>
    public static void Count(string what)
    {
        Refused.Add(1, new KeyValuePair<string, object?>("what", what));
        Counts.AddOrUpdate(what, 1, static (_, count) => count + 1);
    }
}

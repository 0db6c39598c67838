using BusIngest.Api.Sync;

namespace BusIngest.Api.Commands;

/// <summary>A run in words.</summary>
internal static class SyncText
{
    /// <summary>How far it is, in one line.</summary>
    public static string Line(RunView run)
    {
        var of = run.Total is { } total ? $" of {total:N0}" : "";
        var parts = new List<string> { $"{run.State} {run.EventsStored:N0}{of} events", $"{run.EventsPerSec:N0}/s" };
        if (run.EtaMs is { } eta)
            parts.Add($"ETA {Span(eta)}");
        if (run.EtaAtRateLimitMs is { } limited)
            parts.Add($"{Span(limited)} at the rate limit");
        if (run.Retries > 0)
            parts.Add($"{run.Retries} retries");
        if (run.LastError is { } error && !run.IsOver)
            parts.Add(TimerText.Printable(error));
        return string.Join(", ", parts);
    }

    /// <summary>How it ended.</summary>
    public static string Summary(RunView run)
    {
        var took = run.EndedAt is { } end && run.StartedAt is { } start ? $" in {Span((long)(end - start).TotalMilliseconds)}" : "";
        var reason = Reason(run);
        return $"Run {run.RunId} {run.State}{took}: {run.EventsStored:N0} events stored, {run.Duplicates:N0} known, {run.Rejected:N0} rejected, "
            + $"{run.Pages:N0} pages, {run.EventsPerSec:N0} events/s{(reason is null ? "" : $"; {TimerText.Printable(reason)}")}";
    }

    /// <summary>As what it ended, and why.</summary>
    public static string End(RunView run) => $"Run {run.RunId} ended as {run.State}{(Reason(run) is { } reason ? $": {TimerText.Printable(reason)}" : "")}";

    private static string? Reason(RunView run) =>
        run.Note ?? (string.Equals(run.State, RunStates.Completed, StringComparison.Ordinal) ? null : run.LastError);

    private static string Span(long ms)
    {
        var span = TimeSpan.FromMilliseconds(ms);
        return span.TotalHours >= 1 ? $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00} h"
            : span.TotalMinutes >= 1 ? $"{span.Minutes}:{span.Seconds:00} min"
            : $"{span.TotalSeconds:0.0} s";
    }
}

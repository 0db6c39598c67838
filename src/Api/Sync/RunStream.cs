using System.Text.Json;

namespace BusIngest.Api.Sync;

/// <summary>A run's progress as server-sent events, at most four a second, until it is over.</summary>
internal static class RunStream
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A client that hears nothing for this long may take the connection for dead.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>Writes what changes until the run is over, or nobody listens.</summary>
    public static async Task WriteAsync(HttpContext context, RunView run, RunQueries runs, TimeProvider time, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        try
        {
            await WriteAsync(context.Response, run, runs, time, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Nobody listens any more, or the process stops.
        }
    }

    private static async Task WriteAsync(
        HttpResponse response, RunView run, RunQueries runs, TimeProvider time, CancellationToken cancellationToken)
    {
        var sent = "";
        var sentAt = time.GetTimestamp();
        while (true)
        {
            // Ages grow all the time; they are no change.
            var text = Serialize(run with { CursorAgeMs = null, HeartbeatAgeMs = null });
            if (!string.Equals(text, sent, StringComparison.Ordinal))
            {
                await response.WriteAsync($"event: progress\ndata: {Serialize(run)}\n\n", cancellationToken);
                (sent, sentAt) = (text, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(sentAt) > LongestSilence)
            {
                await response.WriteAsync(": still here\n\n", cancellationToken);
                sentAt = time.GetTimestamp();
            }

            await response.Body.FlushAsync(cancellationToken);
            if (run.IsOver)
                return;

            await Task.Delay(Pause, time, cancellationToken);
            if (await runs.FindSharedAsync(run.RunId).WaitAsync(cancellationToken) is not { } next)
                return;
            run = next;
        }
    }

    private static string Serialize(RunView run) => JsonSerializer.Serialize(run, SyncApiJson.Default.RunView);
}

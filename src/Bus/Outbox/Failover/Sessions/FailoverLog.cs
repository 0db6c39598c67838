using System.Globalization;
using System.Text;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>
/// Writes sessions down: a line an event in `failover-metrics-YYYY-MM-DD.log`, by UTC day. Lines that can't be written are dropped with a
/// warning. With a day's first line, the oldest files go.
/// </summary>
internal sealed class FailoverLog(FailoverEvents events, FailoverOptions options, TimeProvider time, ILogger<FailoverLog> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "failover-log")
{
    private const int Tries = 20;

    /// <summary>Another process may have the file for the moment of a write.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        try
        {
            while (await events.ToLog.WaitToReadAsync(stopping))
                await loop.DoAsync(WriteWaitingAsync);
        }
        catch (OperationCanceledException)
        {
            await WriteWaitingAsync();
        }
    }

    private async Task WriteWaitingAsync()
    {
        while (events.ToLog.TryRead(out var happened))
        {
            try
            {
                if (FailoverLine.Of(happened) is { } line
                    && await AppendAsync($"failover-metrics-{happened.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.log", line + "\n"))
                {
                    DropOldest();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("{Event} of failover session {Session} can't be written: {Reason}", happened.Kind, happened.Facts.SessionId, exception.Message);
            }
        }
    }

    /// <summary>Alone in the file, as processes may share the folder, and each would write at the end that it has seen.</summary>
    /// <returns>Whether the line is the file's first.</returns>
    private async Task<bool> AppendAsync(string name, string line)
    {
        Directory.CreateDirectory(options.LogDirectory);
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var stream = new FileStream(Path.Combine(options.LogDirectory, name), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                var isFirst = stream.Position == 0;
                await stream.WriteAsync(bytes);
                return isFirst;
            }
            catch (IOException) when (attempt < Tries)
            {
                await Task.Delay(Pause, time);
            }
        }
    }

    private void DropOldest()
    {
        var files = Directory.GetFiles(options.LogDirectory, "failover-metrics-*.log").Order(StringComparer.Ordinal);
        foreach (var old in files.SkipLast(options.KeptFiles))
        {
            try
            {
                File.Delete(old);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("{File} can't be deleted: {Reason}", old, exception.Message);
            }
        }
    }
}

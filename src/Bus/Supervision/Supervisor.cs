using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Supervision;

/// <summary>Runs the background loops: what one throws is logged with its reason, and it begins again after a pause. None ends alone.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are reported.</param>
public sealed class Supervisor(TimeProvider time, ILogger<Supervisor> logger)
{
    /// <summary>A loop that has had work for longer and got nothing done is in trouble.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private List<BackgroundLoop> _loops = [];

    /// <summary>Every loop that was begun.</summary>
    public IReadOnlyList<BackgroundLoop> Loops => Volatile.Read(ref _loops);

    /// <summary>Those that have had work for longer than <see cref="Patience"/> without a success.</summary>
    public IEnumerable<BackgroundLoop> Troubled => Loops.Where(loop => loop.Owing > Patience);

    /// <summary>Runs a loop until it is told to stop, or ends of itself.</summary>
    /// <param name="name">What it is called; several may share a name.</param>
    /// <param name="body">Runs it from its beginning; it returns when there is nothing more to do, for good.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(string name, Func<BackgroundLoop, CancellationToken, Task> body, CancellationToken stopping)
    {
        var loop = Add(name);
        var pauses = new Backoff(FirstPause, LongestPause);
        while (!stopping.IsCancellationRequested)
        {
            var before = loop.LastSuccess;
            try
            {
                await body(loop, stopping);
                loop.End();
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                loop.Fail(exception);
            }

            if (loop.LastSuccess != before)
                pauses.Reset();
            await Task.Delay(pauses.Take(), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private BackgroundLoop Add(string name)
    {
        var loop = new BackgroundLoop(name, time, logger);
        lock (_gate)
            Volatile.Write(ref _loops, [.. _loops, loop]);
        return loop;
    }
}

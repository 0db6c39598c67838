namespace BusIngest.Api.Hosting;

/// <summary>
/// Ends a stop that does not end. MassTransit's in-memory transport waits for ever for a consumer that is stuck with messages
/// queued behind it; all of them are in the inbox, and the next start delivers them again.
/// </summary>
internal sealed class StopDeadline(TimeProvider time, ILogger<StopDeadline> logger)
{
    private const int ExitCode = 1;

    /// <summary>A stop has 10 s, the process's end included.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(9.5);

    /// <summary>Watches a host from its being told to stop.</summary>
    public IDisposable Watch(IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStopping.Register(() => _ = ExitWhenOverdueAsync(lifetime.ApplicationStopped));

    private async Task ExitWhenOverdueAsync(CancellationToken stopped)
    {
        await Task.Delay(Deadline, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopped.IsCancellationRequested)
            return;

        logger.LogError("Work in hand does not end; leaving it to the next start");
        Environment.Exit(ExitCode);
    }
}

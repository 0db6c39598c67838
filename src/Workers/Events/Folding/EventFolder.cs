using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Storing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Events.Folding;

/// <summary>
/// Folds what was stored into buckets: a bucket is written anew for many events at once, and not for each. Until then summaries read the
/// tail as well, so that nobody sees whether it has happened yet.
/// </summary>
internal sealed class EventFolder(IFolding folding, StoredSignal signal, TimeProvider time, ILogger<EventFolder> logger) : BackgroundService
{
    /// <summary>How many events the tail may have before it is folded, under load: each summary has to walk over it.</summary>
    public const int Enough = 20_000;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The tail is folded after so many periods, however short it is: another process may have stored, too.</summary>
    private const int LongestWait = 5;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var (folded, waited) = (0L, LongestWait);
        do
        {
            waited++;
            var stored = signal.Events;
            if (stored - folded < Enough && waited < LongestWait)
                continue;

            await TryFoldAsync(stoppingToken);
            (folded, waited) = (stored, 0);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryFoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await folding.FoldAsync(cancellationToken) >= Enough)
                await Task.Yield();
            while (await folding.TidyAsync(cancellationToken))
                await Task.Yield();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: nothing is lost or wrong while the tail grows, and this service's end would be the process's.
            var level = exception is StorageUnavailableException ? LogLevel.Warning : LogLevel.Error;
            logger.Log(level, exception, "Events can't be folded now; summaries read them from the tail");
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

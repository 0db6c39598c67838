using BusIngest.Bus.Supervision;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Folding;

/// <summary>
/// Folds what was stored into buckets: a bucket is written anew for many events at once, and not for each. Until then summaries read the
/// tail as well, so that nobody sees whether it has happened yet.
/// </summary>
internal sealed class EventFolder(IFolding folding, StoredSignal signal, TimeProvider time, Supervisor supervisor) : SupervisedService(supervisor, "event-folding")
{
    /// <summary>How many events the tail may have before it is folded, under load: each summary has to walk over it.</summary>
    public const int Enough = 20_000;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>The tail is folded after so many periods, however short it is: another process may have stored, too.</summary>
    private const int LongestWait = 5;

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        var (folded, waited) = (0L, LongestWait);
        do
        {
            waited++;
            var stored = signal.Events;
            if (stored - folded < Enough && waited < LongestWait)
                continue;

            await loop.DoAsync(() => FoldAsync(loop, stopping));
            (folded, waited) = (stored, 0);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task FoldAsync(BackgroundLoop loop, CancellationToken cancellationToken)
    {
        while (await folding.FoldAsync(cancellationToken) >= Enough)
            loop.Succeed();
        while (await folding.TidyAsync(cancellationToken))
            loop.Succeed();
    }
}

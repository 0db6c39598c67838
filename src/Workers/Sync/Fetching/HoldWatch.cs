using BusIngest.Bus.Storage;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Ends a stretch soon after its checkpoint was taken away: whoever cancels or pauses a run does not wait for the page in hand.</summary>
internal static class HoldWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks after a checkpoint until somebody else has it, or the stretch is over.</summary>
    /// <param name="claims">Knows who has it.</param>
    /// <param name="source">The source.</param>
    /// <param name="holder">Who works at it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stretch">Is cancelled when it is taken away; once it is cancelled, nobody looks any more.</param>
    public static async Task RunAsync(SyncClaims claims, string source, Guid holder, TimeProvider time, CancellationTokenSource stretch)
    {
        try
        {
            do
                await Task.Delay(Pause, time, stretch.Token);
            while (await IsHeldAsync(claims, source, holder, stretch.Token));
            await stretch.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stretch is over.
        }
    }

    private static async Task<bool> IsHeldAsync(SyncClaims claims, string source, Guid holder, CancellationToken cancellationToken)
    {
        try
        {
            return await claims.IsHeldAsync(source, holder, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // Then nobody can have taken it.
            return true;
        }
    }
}

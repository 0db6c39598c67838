namespace BusIngest.Api.Commands.Bench;

/// <summary>Waits for what is on its way.</summary>
/// <param name="patience">How long, in all waits together.</param>
/// <param name="time">The clock.</param>
internal sealed class BenchDrain(TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly long _begun = time.GetTimestamp();
    private long _before;
    private long _now;

    /// <summary>How much was seen to be stored, in all waits.</summary>
    public long Stored => Volatile.Read(ref _before) + Volatile.Read(ref _now);

    /// <summary>Waits until as much is stored as wanted.</summary>
    /// <param name="read">Looks how much is.</param>
    /// <param name="wanted">How much should be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How much is: less than wanted when the time is over.</returns>
    public async Task<long> WaitAsync(Func<CancellationToken, Task<long>> read, long wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await read(cancellationToken);
            Volatile.Write(ref _now, stored);
            if (stored >= wanted || time.GetElapsedTime(_begun) > patience)
            {
                (_before, _now) = (_before + stored, 0);
                return stored;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}

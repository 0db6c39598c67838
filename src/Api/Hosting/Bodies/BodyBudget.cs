namespace BusIngest.Api.Hosting;

/// <summary>How many bytes of bodies are in hand at once, over all requests.</summary>
/// <param name="most">The most, in bytes.</param>
internal sealed class BodyBudget(long most)
{
    private long _taken;

    /// <summary>How many bytes are in hand.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes room for more bytes.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= most)
            return true;

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}

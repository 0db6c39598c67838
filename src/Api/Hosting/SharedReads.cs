namespace BusIngest.Api.Hosting;

/// <summary>Reads a thing once for all who want it at about the same time: the subscribers of streams, say.</summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">How long what was read is good for.</param>
internal sealed class SharedReads<TKey, TValue>(TimeProvider time, TimeSpan lifetime)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (long At, Task<TValue> Read)> _reads = [];

    /// <summary>What was read last, if that is not long ago; else it is read now, for everybody.</summary>
    public Task<TValue> ReadAsync(TKey key, Func<TKey, Task<TValue>> read)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_reads.TryGetValue(key, out var last) && (!last.Read.IsCompleted || IsGood(last.At, now)))
                return last.Read;

            foreach (var (old, entry) in _reads)
            {
                if (entry.Read.IsCompleted && !IsGood(entry.At, now))
                    _reads.Remove(old);
            }

            var reading = read(key);
            _reads[key] = (now, reading);
            return reading;
        }
    }

    private bool IsGood(long at, long now) => time.GetElapsedTime(at, now) < lifetime;
}

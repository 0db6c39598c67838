namespace BusIngest.Bus.Telemetry;

/// <summary>How many records a message carries.</summary>
/// <typeparam name="T">The message.</typeparam>
internal static class RecordCount<T>
    where T : class
{
    private static readonly Func<T, int>? Read = ChunkTypes.IsChunk(typeof(T))
        ? typeof(T).GetProperty("Count")?.GetMethod?.CreateDelegate<Func<T, int>>()
        : null;

    /// <summary>Its count; 1 where it is no chunk.</summary>
    public static int Of(T message) => Read?.Invoke(message) ?? 1;
}

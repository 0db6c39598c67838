namespace BusIngest.Contracts;

/// <summary>A message that carries many records at once: what bulk flows put on the bus instead of a message each.</summary>
/// <typeparam name="TRecord">What one record is.</typeparam>
public interface IChunk<TRecord>
{
    /// <summary>How many records there are, at least 1.</summary>
    int Count { get; }

    /// <summary>The records as a JSON array in UTF-8.</summary>
    byte[] Records { get; }
}

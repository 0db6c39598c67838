namespace BusIngest.Bus.Storage;

/// <summary>A store can't take a write now (disk full, file out of reach). Nothing was written; the same write may succeed later.</summary>
/// <param name="message">What is wrong, for an operator.</param>
/// <param name="inner">What the store said.</param>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

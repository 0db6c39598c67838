namespace BusIngest.Bus.Storage;

/// <summary>The data directory is in use by another process, or out of reach.</summary>
/// <param name="message">One line that names the directory.</param>
/// <param name="inner">What the system said.</param>
public sealed class DataDirectoryException(string message, Exception inner) : Exception(message, inner);

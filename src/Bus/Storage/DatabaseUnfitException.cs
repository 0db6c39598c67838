namespace BusIngest.Bus.Storage;

/// <summary>A database can't be used as it is, and time does not mend it.</summary>
/// <param name="message">What is wrong, and what to do, in one line.</param>
public sealed class DatabaseUnfitException(string message) : Exception(message);

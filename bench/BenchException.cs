namespace BusIngest.Bench;

/// <summary>A benchmark can't be run, or found the program wrong.</summary>
/// <param name="message">What is the matter, for whoever runs it.</param>
internal sealed class BenchException(string message) : Exception(message);

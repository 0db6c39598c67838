namespace BusIngest.Bus.Failures;

/// <summary>A payload that can't take the place of a failed message's own.</summary>
/// <param name="message">What is wrong with it, in words that a caller may be shown.</param>
/// <param name="inner">The cause.</param>
public sealed class PayloadRefusedException(string message, Exception? inner = null) : Exception(message, inner);

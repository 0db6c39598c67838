namespace BusIngest.Bus.Redis;

/// <summary>Redis can't do it now, or nobody knows whether it did.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

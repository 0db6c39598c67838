using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Redis can't do it now, or nobody knows whether it did.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause.</param>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Says that a server has answered with an error, or not in time.</summary>
    internal static RedisUnavailableException Of(string endpoint, Exception cause) => new(
        cause is RedisServerException ? $"Redis at {endpoint} answers: {cause.Message}" : $"Redis at {endpoint} does not answer.", cause);
}

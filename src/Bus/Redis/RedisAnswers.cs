using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Reads answers that must not be empty. A server that gives nothing where there has to be something counts as one that does not answer.</summary>
internal static class RedisAnswers
{
    /// <summary>The answer's text.</summary>
    /// <exception cref="RedisUnavailableException">There is none.</exception>
    public static string Text(this RedisResult answer) => (string?)answer ?? throw Empty();

    /// <summary>The answer's bytes.</summary>
    /// <exception cref="RedisUnavailableException">There are none.</exception>
    public static byte[] Bytes(this RedisResult answer) => (byte[]?)answer ?? throw Empty();

    /// <summary>What the answer consists of.</summary>
    /// <exception cref="RedisUnavailableException">It is no list.</exception>
    public static RedisResult[] Items(this RedisResult answer) => (RedisResult[]?)answer ?? throw Empty();

    private static RedisUnavailableException Empty() => new("Redis has given an empty answer where there has to be one.");
}

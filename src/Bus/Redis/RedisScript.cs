using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Bus.Redis;

/// <summary>A Lua script, which servers know by its hash once they have seen it.</summary>
/// <param name="text">The script. It may write only to keys that it is given.</param>
public sealed class RedisScript(string text)
{
    /// <summary>The script.</summary>
    public string Text => text;

    /// <summary>What Redis calls it.</summary>
    public string Hash { get; } = HashOf(text);

#pragma warning disable CA5350 // The name that Redis gives it, and no protection of anything.
    private static string HashOf(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}

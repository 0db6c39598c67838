using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Contracts.Sync;

/// <summary>Makes the ids of sources.</summary>
public static class SourceIds
{
    /// <summary>The id of a name: always the same one.</summary>
    public static Guid Of(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes("sync-source:" + name)).AsSpan(0, 16));
}

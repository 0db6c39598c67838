using System.Security.Cryptography;
using System.Text;
using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>
/// The key that seals clients' keys, never beside what it seals: made of the setting, or drawn at first need and kept in a file that only its owner
/// can read, in the process's own directory.
/// </summary>
internal sealed class SealKeys(SyncOptions options, DataDirectory directory)
{
    private const int Bytes = 32;
    private const int PrintBytes = 16;
    private const string FileName = "sync.key";

    private readonly Lock _gate = new();

    private volatile byte[]? _key = options.Secret is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;

    /// <summary>Whether the setting says what seals, so that processes may share it.</summary>
    public bool IsShared => options.Secret is not null;

    /// <summary>The key.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read now, or there is none, and none can be stored.</exception>
    public byte[] Current
    {
        get
        {
            if (_key is { } key)
                return key;
            lock (_gate)
            {
                // Two runs that begin at once seal by the same key.
                return _key ??= ReadOrDraw(Path.Combine(directory.Path, FileName));
            }
        }
    }

    /// <summary>What tells the key from others, and nothing of it.</summary>
    /// <exception cref="StorageUnavailableException">The key can't be read now.</exception>
    public string Print() => Convert.ToHexStringLower(HMACSHA256.HashData(Current, "sealing key"u8).AsSpan(0, PrintBytes));

    private static byte[] ReadOrDraw(string path)
    {
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Bytes } kept)
                return kept;

            var drawn = RandomNumberGenerator.GetBytes(Bytes);
            PrivateFiles.Write(path, drawn);
            return drawn;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"{FileName} can't be read or written: {exception.Message}", exception);
        }
    }
}

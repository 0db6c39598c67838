using System.Security.Cryptography;
using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Security;

/// <summary>
/// What sessions of browsers are signed with: the setting, or what is drawn at first need and kept in the file `session.key`, which only its owner
/// can read. Processes that share their sessions need the setting.
/// </summary>
internal sealed class SessionKey(Settings settings, DataDirectory directory, ILogger<SessionKey> logger)
{
    private const int Bytes = 32;
    private const string FileName = "session.key";

    private readonly Lock _gate = new();
    private volatile byte[]? _key = settings.SessionSecret is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes($"session.{secret}")) : null;

    /// <summary>Signs a text.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(_key ?? Load(), text);

    private byte[] Load()
    {
        lock (_gate)
            return _key ??= LoadOwn();
    }

    private byte[] LoadOwn()
    {
        var path = Path.Combine(directory.Path, FileName);
        var drawn = RandomNumberGenerator.GetBytes(Bytes);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Bytes } kept)
                return kept;

            PrivateFiles.Write(path, drawn);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{File} can't be read or written, so sessions of browsers end with this process: {Reason}", FileName, exception.Message);
        }

        return drawn;
    }
}

using System.Security.Cryptography;
using System.Text;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>
/// The key that seals clients' keys: made of the setting, or drawn at first need and kept: in a file of its own beside SQLite's, which
/// only its owner can read, or in the database that several processes share.
/// </summary>
internal sealed class SealKeys(SyncOptions options, DataDirectory directory, IMainDatabase database)
{
    private const int Bytes = 32;
    private const string FileName = "sync.key";

    private readonly Lock _gate = new();

    private volatile byte[]? _key = options.Secret is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;

    /// <summary>The key.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read now, or there is none, and none can be stored.</exception>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken) =>
        _key ??= database.IsPostgres ? await LoadSharedAsync(cancellationToken) : LoadOwn();

    private async Task<byte[]> LoadSharedAsync(CancellationToken cancellationToken)
    {
        if (await FindSharedAsync(cancellationToken) is { } kept)
            return kept;

        var drawn = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        await database.WriteAsync(1, session => session.KeepSealKey(drawn), batch => batch.KeepSealKey(drawn), cancellationToken);
        // Another process may have been the first.
        return await FindSharedAsync(cancellationToken) ?? throw new StorageUnavailableException("The key that was stored is not there.");
    }

    private async Task<byte[]?> FindSharedAsync(CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        var text = await context.ReadAsync(() => context.SealKeys.Select(x => x.Key).SingleOrDefaultAsync(cancellationToken));
        return text is null ? null : Convert.FromBase64String(text);
    }

    /// <summary>The directory is this process's alone.</summary>
    private byte[] LoadOwn()
    {
        var path = Path.Combine(directory.Path, FileName);
        lock (_gate)
        {
            // Two runs that begin at once seal by the same key.
            return _key ??= ReadOrDraw(path);
        }
    }

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

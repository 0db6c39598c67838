using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Workers.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>
/// What the database knows of sealing keys. Earlier versions kept the key itself there, beside what it sealed: it is sealed by the present key, so
/// that what is under way still opens. And a print of the present key is kept, so that a process with another one can say so.
/// </summary>
internal sealed class FormerSealKeys(SealKeys keys, IMainDatabase database)
{
    private const string Purpose = "former sealing key";

    /// <summary>Those that this process can open.</summary>
    /// <exception cref="StorageUnavailableException">They can't be read now.</exception>
    public async Task<IReadOnlyList<byte[]>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Where(row => row.Id != StoredSealKey.Print).Select(Open).OfType<string>().Select(Convert.FromBase64String)];

    /// <summary>Seals the key that an earlier version kept as it is; does nothing where there is none.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="StorageUnavailableException">It can't be read or written now.</exception>
    public async Task<bool> SealAsync(CancellationToken cancellationToken)
    {
        if ((await ReadAsync(cancellationToken)).FirstOrDefault(row => row.Id == StoredSealKey.Plain) is not { Key: { } plain })
            return false;

        var box = SealedBox.Seal(keys.Current, plain, Purpose);
        await WriteAsync(batch => batch.SealKey(plain, box), cancellationToken);
        return true;
    }

    /// <summary>The print of the key that seals, as the process that noted it last has it; null: none has.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read now.</exception>
    public async Task<string?> PrintAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(row => row.Id == StoredSealKey.Print)?.Key;

    /// <summary>Notes the print of this process's key.</summary>
    /// <exception cref="StorageUnavailableException">It can't be written now.</exception>
    public Task NotePrintAsync(CancellationToken cancellationToken)
    {
        var print = keys.Print();
        return WriteAsync(batch => batch.NoteSealPrint(print), cancellationToken);
    }

    /// <summary>SQLite never has any: its one process has a file of its own.</summary>
    private Task WriteAsync(Action<PostgresBatch> write, CancellationToken cancellationToken) => database.WriteAsync(1, static _ => { }, write, cancellationToken);

    private string? Open(StoredSealKey row) => row.Id == StoredSealKey.Plain ? row.Key : SealedBox.TryOpen(keys.Current, row.Key, Purpose);

    private async Task<List<StoredSealKey>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        return await context.ReadAsync(() => context.SealKeys.AsNoTracking().ToListAsync(cancellationToken));
    }
}

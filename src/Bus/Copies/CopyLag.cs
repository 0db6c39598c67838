using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Copies;

/// <summary>How far a copy is behind.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Documents">How many documents are to be copied, those that changed twice counted twice.</param>
/// <param name="Oldest">When the first of them changed; null when there is none.</param>
public sealed record CopyLag(string Collection, long Documents, DateTimeOffset? Oldest)
{
    /// <summary>For how long the first has waited.</summary>
    public TimeSpan Age(DateTimeOffset now) => Oldest is { } oldest && now > oldest ? now - oldest : TimeSpan.Zero;
}

/// <summary>Tells how far the copies are behind. It asks the database: not for hot paths.</summary>
/// <exception cref="StorageUnavailableException">The database is away.</exception>
public sealed class CopyLags
{
    /// <summary>A range that is wider says little of how many documents are in it, so they are counted.</summary>
    private const long Wide = 200_000;

    private readonly IMainDatabase _database;
    private readonly IReadOnlyList<ICopySource> _sources;

    internal CopyLags(IMainDatabase database, IEnumerable<ICopySource> sources) => (_database, _sources) = (database, [.. sources]);

    /// <summary>How far each copy is behind.</summary>
    public async Task<IReadOnlyList<CopyLag>> ReadAsync(CancellationToken cancellationToken)
    {
        var lags = new List<CopyLag>();
        foreach (var source in _sources)
            lags.Add(await ReadAsync(source, cancellationToken));
        return lags;
    }

    private async Task<CopyLag> ReadAsync(ICopySource source, CancellationToken cancellationToken)
    {
        await using var copies = new CopiesContext(_database);
        var changes = copies.Changes.Where(x => x.Collection == source.Collection);
        var oldest = await copies.ReadAsync(() =>
            changes.OrderBy(x => x.Seq).Select(x => (DateTimeOffset?)x.At).FirstOrDefaultAsync(cancellationToken));
        if (oldest is null)
            return new CopyLag(source.Collection, 0, null);

        var documents = await copies.ReadAsync(() =>
            changes.Where(x => x.Last - x.First < Wide).SumAsync(x => x.Last - x.First + 1, cancellationToken));
        var wide = await copies.ReadAsync(() => changes.Where(x => x.Last - x.First >= Wide).ToListAsync(cancellationToken));
        foreach (var change in wide)
            documents += await source.CountAsync(new NumberRange(change.First, change.Last), cancellationToken);
        return new CopyLag(source.Collection, documents, oldest);
    }
}

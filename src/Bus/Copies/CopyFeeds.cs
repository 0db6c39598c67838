using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Copies;

/// <summary>What is to be copied, and by whom: of all processes, one at a time copies a collection.</summary>
/// <exception cref="StorageUnavailableException">The database is away.</exception>
internal sealed class CopyFeeds(IMainDatabase database, TimeProvider time)
{
    /// <summary>For how long a collection is held: longer than everything that is done between two looks at the time.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(5);

    private readonly Guid _holder = Guid.NewGuid();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);

    /// <summary>Takes a collection in hand, or keeps it; what is not copied yet begins to be.</summary>
    /// <returns>False when another process has it.</returns>
    public async Task<bool> TryHoldAsync(string collection, CancellationToken cancellationToken)
    {
        if (IsFresh(collection))
            return true;

        Forget(collection);
        var now = time.GetUtcNow();
        var begun = time.GetTimestamp();
        var isHeld = database.IsPostgres ? 0 : 1;
        await database.WriteAsync(
            1,
            session => session.BeginFeed(collection, now),
            batch =>
            {
                batch.BeginFeed(collection, now);
                batch.HoldFeed(collection, _holder, Hold).Check(rows => isHeld = rows);
            },
            cancellationToken);
        if (isHeld == 0)
            return false;

        lock (_gate)
            _held[collection] = begun;
        return true;
    }

    /// <summary>Lets go of a collection.</summary>
    public Task ReleaseAsync(string collection, CancellationToken cancellationToken)
    {
        Forget(collection);
        return database.IsPostgres
            ? database.WriteAsync(1, _ => { }, batch => batch.ReleaseFeed(collection, _holder), cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>The next changes of a collection, oldest first.</summary>
    public async Task<IReadOnlyList<DocumentChange>> NextAsync(string collection, int limit, CancellationToken cancellationToken)
    {
        await using var copies = new CopiesContext(database);
        return await copies.ReadAsync(() =>
            copies.Changes.Where(x => x.Collection == collection).OrderBy(x => x.Seq).Take(limit).ToListAsync(cancellationToken));
    }

    /// <summary>Forgets changes that have been copied.</summary>
    /// <remarks>It is waited for to the end: numbers of rows are given again on SQLite, so that it must not happen after the next look.</remarks>
    public Task DeleteAsync(IEnumerable<DocumentChange> changes)
    {
        long[] numbers = [.. changes.Select(change => change.Seq)];
        return database.WriteAsync(
            numbers.Length, session => session.DeleteChanges(numbers), batch => batch.DeleteChanges(numbers), CancellationToken.None);
    }

    /// <summary>Forgets what has been copied of a range.</summary>
    public Task NarrowAsync(DocumentChange change, NumberRange left) => database.WriteAsync(
        1,
        session => session.NarrowChange(change.Seq, left.First, left.Last),
        batch => batch.NarrowChange(change.Seq, left.First, left.Last),
        CancellationToken.None);

    /// <summary>Has all documents of collections copied anew.</summary>
    public Task BeginAnewAsync(IReadOnlyCollection<string> collections, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            collections.Count,
            session =>
            {
                foreach (var collection in collections)
                {
                    session.BeginFeed(collection, now);
                    session.AddAll(collection, now);
                }
            },
            batch =>
            {
                foreach (var collection in collections)
                {
                    batch.BeginFeed(collection, now);
                    batch.AddAll(collection, now);
                }
            },
            cancellationToken);
    }

    /// <summary>What of a collection is still to be copied anew; null when nothing is.</summary>
    public async Task<NumberRange?> FindAnewAsync(string collection, CancellationToken cancellationToken)
    {
        await using var copies = new CopiesContext(database);
        var change = await copies.ReadAsync(() =>
            copies.Changes.Where(x => x.Collection == collection && x.Anew).OrderBy(x => x.Seq).FirstOrDefaultAsync(cancellationToken));
        return change is null ? null : new NumberRange(change.First, change.Last);
    }

    /// <summary>Ends all copying, if there is any.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await using var copies = new CopiesContext(database);
        if (await copies.ReadAsync(() => copies.Feeds.AnyAsync(cancellationToken)))
            await database.WriteAsync(1, session => session.EndFeeds(), batch => batch.EndFeeds(), cancellationToken);
    }

    /// <summary>A SQLite file is this process' alone.</summary>
    private bool IsFresh(string collection)
    {
        lock (_gate)
            return _held.TryGetValue(collection, out var since) && (!database.IsPostgres || time.GetElapsedTime(since) < RenewAfter);
    }

    private void Forget(string collection)
    {
        lock (_gate)
            _held.Remove(collection);
    }
}

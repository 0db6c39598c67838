using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Mongo;

/// <summary>
/// Keeps one collection in step. It looks which documents have changed, reads them as they are now, writes their copies, and only then forgets that they
/// had changed: after a crash it does the last of them once more. Where a range is not full, copies are deleted whose documents are gone.
/// </summary>
internal sealed class CollectionCopier(ICopySource source, CopyFeeds feeds, MongoCopies copies, MongoServer server, TimeProvider time)
{
    /// <summary>Changes that are looked at together.</summary>
    private const int MaxChanges = 500;

    /// <summary>Numbers of documents in these, at the most, unless one change alone has more: so much is done again after a crash.</summary>
    private const long MaxNumbers = 100_000;
    private const int MostAtOnce = 2_000;
    private const int FewestAtOnce = 50;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(2);

    private bool _isPrepared;
    private long? _pingedAt;

    /// <summary>Documents that are sent together: fewer once they took too long.</summary>
    private int _atOnce = MostAtOnce;

    /// <summary>The collection.</summary>
    public string Collection => source.Collection;

    /// <summary>Copies what has changed, if anything has and no other process does.</summary>
    /// <returns>Whether there was something.</returns>
    /// <exception cref="StorageUnavailableException">MongoDB, or the database, is out of reach.</exception>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (!await feeds.TryHoldAsync(Collection, cancellationToken))
        {
            await PingAsync(cancellationToken);
            return false;
        }

        var changes = Few(await feeds.NextAsync(Collection, MaxChanges, cancellationToken));
        if (changes.Count == 0)
        {
            await PingAsync(cancellationToken);
            return false;
        }

        try
        {
            await PrepareAsync(cancellationToken);
            await CopyAsync(changes, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            _atOnce = Math.Max(FewestAtOnce, _atOnce / 2);
            throw;
        }

        _atOnce = Math.Min(MostAtOnce, _atOnce * 2);
        return true;
    }

    private async Task CopyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        if (changes is [{ Anew: true } all])
        {
            await CopyAllAsync(all, cancellationToken);
            return;
        }

        foreach (var ids in changes.Where(change => change.DocumentId is not null).Select(change => change.DocumentId!.Value).Distinct().Chunk(_atOnce))
            await CopyAsync(ids, cancellationToken);
        foreach (var range in NumberRange.Merge(changes.Where(change => change.DocumentId is null).Select(Range)))
            await CopyAsync(range, cancellationToken);
        await feeds.DeleteAsync(changes);
    }

    private async Task CopyAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await KeepAsync(cancellationToken);
        var documents = await source.FindAsync(ids, cancellationToken);
        await copies.WriteAsync(Collection, documents, anew: false, cancellationToken);
        await copies.DeleteAsync(Collection, ids.Except(documents.Select(document => document.Id)), cancellationToken);
    }

    private async Task CopyAsync(NumberRange range, CancellationToken cancellationToken)
    {
        for (NumberRange? left = range; left is { } next;)
            left = (await CopyPageAsync(next, anew: false, cancellationToken)).Left;
    }

    /// <summary>How far it is, is noted with each page: with many documents it is not begun all over after a crash.</summary>
    private async Task CopyAllAsync(DocumentChange all, CancellationToken cancellationToken)
    {
        for (NumberRange? left = Range(all); left is { } next;)
        {
            left = (await CopyPageAsync(next, anew: true, cancellationToken)).Left;
            if (left is { } rest)
                await feeds.NarrowAsync(all, rest);
        }

        await feeds.DeleteAsync([all]);
    }

    private async Task<CopyPage> CopyPageAsync(NumberRange range, bool anew, CancellationToken cancellationToken)
    {
        await KeepAsync(cancellationToken);
        var page = await source.ReadAsync(range, _atOnce, cancellationToken);
        await copies.WriteAsync(Collection, page.Documents, anew, cancellationToken);
        if (anew || page.Documents.Count < page.Covered.Width)
            await DeleteOthersAsync(page, cancellationToken);
        return page;
    }

    private async Task DeleteOthersAsync(CopyPage page, CancellationToken cancellationToken)
    {
        while (await copies.DeleteOthersAsync(Collection, page.Covered, page.Documents, cancellationToken) == MongoCopies.DeletedAtOnce)
            await KeepAsync(cancellationToken);
    }

    /// <summary>Whoever has lost the collection to another must not write to it any more.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (!await feeds.TryHoldAsync(Collection, cancellationToken))
            throw new StorageUnavailableException($"The copies in {Collection} are another process' to write by now.");
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
            return;

        await copies.PrepareAsync(Collection, cancellationToken);
        _isPrepared = true;
    }

    /// <summary>While there is nothing to do, an outage is seen all the same.</summary>
    private async Task PingAsync(CancellationToken cancellationToken)
    {
        if (_pingedAt is { } at && time.GetElapsedTime(at) < PingEvery)
            return;

        _pingedAt = time.GetTimestamp();
        await server.PingAsync(cancellationToken);
    }

    /// <summary>The first of some changes, that are not too much together; one that is for all documents by itself.</summary>
    private static List<DocumentChange> Few(IReadOnlyList<DocumentChange> changes)
    {
        var (few, numbers) = (new List<DocumentChange>(), 0L);
        foreach (var change in changes)
        {
            if (few.Count > 0 && (change.Anew || (numbers += Range(change).Width) > MaxNumbers))
                break;
            few.Add(change);
            if (change.Anew)
                break;
        }

        return few;
    }

    private static NumberRange Range(DocumentChange change) => new(change.First, change.Last);
}

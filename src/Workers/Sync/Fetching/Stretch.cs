using System.Threading.Channels;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>
/// Fetches pages and stores them in their order, both at once: while pages are stored, the next ones are fetched. Those that wait then are
/// stored together, so that the slower the storing is, the less of it there is to do.
/// </summary>
/// <param name="claims">Stores.</param>
/// <param name="options">How much at once.</param>
/// <param name="time">The clock.</param>
/// <param name="holder">Who works at the source.</param>
/// <param name="position">Where it is.</param>
/// <param name="lookAhead">How many fetched pages may wait.</param>
internal sealed class Stretch(SyncClaims claims, SyncOptions options, TimeProvider time, Guid holder, Position position, int lookAhead)
{
    private readonly Channel<Work> _work =
        Channel.CreateBounded<Work>(new BoundedChannelOptions(lookAhead) { SingleReader = true, SingleWriter = true });

    /// <summary>The pages that are being stored.</summary>
    private readonly List<FetchedPage> _pages = [];

    private int _stored;

    /// <summary>Runs until the stretch is over, and all that was fetched is stored.</summary>
    /// <param name="loop">Fetches.</param>
    /// <param name="stopping">Says that the process stops: what was fetched is stored, and that is the end.</param>
    /// <exception cref="FencedOffException">Somebody else has taken over.</exception>
    /// <exception cref="Bus.Storage.StorageUnavailableException">The database is away.</exception>
    public async Task<StretchEnd> RunAsync(PageLoop loop, CancellationToken stopping)
    {
        using var broken = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, broken.Token);
        var storing = StoreAllAsync(broken);
        StretchEnd end;
        try
        {
            end = await loop.RunAsync(HandAsync, CountStoredAsync, either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || broken.IsCancellationRequested)
        {
            // The process stops, or the storing tells below what is wrong. `either` may not know yet what a wait for `broken` told us.
            end = new StretchEnd(StretchResult.More);
        }
        finally
        {
            _work.Writer.TryComplete();
        }

        await storing;
        return end with { Pages = _stored };

        // Not ended by a stop: the position is behind the page already, and must not get ahead of what is stored.
        async Task HandAsync(FetchedPage page)
        {
            try
            {
                await _work.Writer.WriteAsync(new Work(page, position.Commit(holder, time.GetUtcNow()), null), broken.Token);
            }
            catch
            {
                page.Dispose();
                throw;
            }
        }

        async Task<long> CountStoredAsync()
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _work.Writer.WriteAsync(new Work(null, null, reached), broken.Token);
            await reached.Task.WaitAsync(broken.Token);
            return await claims.CountEventsAsync(position.Source, broken.Token);
        }
    }

    private async Task StoreAllAsync(CancellationTokenSource broken)
    {
        try
        {
            while (await _work.Reader.WaitToReadAsync(CancellationToken.None))
            {
                var (commit, reached) = Gather();
                if (commit is not null)
                    await StoreAsync(commit with { Pages = _pages });
                reached?.SetResult();
            }
        }
        catch
        {
            await broken.CancelAsync();
            _work.Writer.TryComplete();
            while (_work.Reader.TryRead(out var left))
                left.Page?.Dispose();
            throw;
        }
        finally
        {
            _pages.ForEach(page => page.Dispose());
        }
    }

    /// <summary>Takes what waits, up to somebody who waits for that, or to as much as a transaction should hold.</summary>
    /// <returns>What is to be stored with the last page, and who waits.</returns>
    private (PageCommit? Commit, TaskCompletionSource? Reached) Gather()
    {
        PageCommit? commit = null;
        for (var events = 0; events < options.EventsAtOnce && _work.Reader.TryRead(out var work); events += work.Page.Count)
        {
            if (work.Page is null)
                return (commit, work.Reached);
            _pages.Add(work.Page);
            commit = work.Commit;
        }

        return (commit, null);
    }

    private async Task StoreAsync(PageCommit commit)
    {
        var begun = time.GetTimestamp();
        await claims.StoreAsync(commit);
        position.Tally.NoteStored(time.GetElapsedTime(begun));
        _stored += _pages.Count;
        _pages.ForEach(page => page.Dispose());
        _pages.Clear();
    }

    /// <summary>A page to be stored, or somebody who waits until all before are.</summary>
    private readonly record struct Work(FetchedPage? Page, PageCommit? Commit, TaskCompletionSource? Reached);
}

using System.Threading.Channels;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Fetches pages and stores them in their order, both at once: while a page is stored, the next ones are fetched.</summary>
internal sealed class Stretch(SyncClaims claims, SyncOptions options, TimeProvider time, Guid holder, Position position)
{
    private readonly Channel<Work> _work =
        Channel.CreateBounded<Work>(new BoundedChannelOptions(options.LookAhead) { SingleReader = true, SingleWriter = true });

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
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The process stops, or the storing tells below what is wrong.
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
                await _work.Writer.WriteAsync(new Work(page, position.Commit(holder, page, time.GetUtcNow()), null), broken.Token);
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
            await foreach (var (page, commit, reached) in _work.Reader.ReadAllAsync(CancellationToken.None))
            {
                reached?.SetResult();
                if (commit is null)
                    continue;
                using (page)
                    await claims.StoreAsync(commit);
                _stored++;
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
    }

    /// <summary>A page to be stored, or somebody who waits until all before are.</summary>
    private readonly record struct Work(FetchedPage? Page, PageCommit? Commit, TaskCompletionSource? Reached);
}
